using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The flags equal those of the scalar reference.</summary>
[TestClass]
public sealed class IndicateLostReferenceTests
{
    private const int Rows = 12;

    [TestMethod]
    public void Of_one_column() => Gen.Select(AnyViewOptions.ForViews, Gen.Bool).Sample((sized, isDouble) =>
        Check(sized.Options, [new ViewColumn("Features", sized.Length, isDouble)]));

    [TestMethod]
    public void Of_columns_that_are_sensors() => AnyViewOptions.ForSensors.Sample(any => Check(any.Options, any.Columns));

    [TestMethod]
    public void Of_columns_with_a_layout() => AnyViewOptions.ForLaidOutColumns.Sample(any => Check(any.Options, any.Columns));

    [TestMethod]
    [DataRow(0.1, 0.10000000149011612)]
    [DataRow(double.PositiveInfinity, double.NegativeInfinity)]
    [DataRow(double.NaN, double.PositiveInfinity)]
    [DataRow(-0.0, 5e-324)]
    [DataRow(1.4012984643248171E-45, -1.1754943508222875E-38)]
    [DataRow(3.4028234663852886E+38, -3.4028234663852886E+38)]
    [DataRow(16777217, 16777216)]
    public void Of_values_that_are_hard_to_compare(double first, double second)
    {
        foreach (DropoutFill fill in (DropoutFill[])
            [DropoutFill.Constant(first), DropoutFill.PerChannel(first, second, 0), DropoutFill.OneOf(DropoutFill.Constant(second), DropoutFill.PerChannel(second, first, -1.5))])
        {
            foreach (bool isDouble in new[] { false, true })
                Check(
                    new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 3, Fill = fill },
                    [new ViewColumn("Features", 6, isDouble)]);
        }
    }

    [TestMethod]
    public void Of_many_sensors_with_values_of_their_own()
    {
        double[] values = [.. Enumerable.Range(0, 3000).Select(i => Math.Sin(i) * Math.Pow(10, i % 40))];
        var options = new SpatialDropoutOptions
        {
            OutputColumnName = "Features", Channels = 3000, Fill = DropoutFill.PerChannel(values),
        };

        Check(options, [new ViewColumn("Features", 6000, IsDouble: true)]);
    }

    private static void Check(SpatialDropoutOptions options, ViewColumn[] columns)
    {
        var mlContext = new MLContext(1);
        options = options with { Fill = WithoutLastValue(options.Fill) };
        var reference = new ReferenceFlags(options, columns);
        foreach (bool sparse in new[] { false, true })
        {
            IDataView data = Damaged(columns, reference, sparse);
            IDataView flagged = mlContext.Transforms.IndicateLost("Lost", options).Fit(data).Transform(data);

            List<ColumnRow> rows = ColumnRow.Read(flagged, columns.Select(column => column.Name).Append("Lost"));
            Assert.HasCount(Rows, rows);
            foreach (ColumnRow row in rows)
                CollectionAssert.AreEqual(
                    reference.Of([.. columns.Select(column => row.Values[column.Name])]),
                    row.Values["Lost"].Select(flag => (float)flag).ToArray(), $"{options}, row {row.Number}");
        }
    }

    private static DropoutFill WithoutLastValue(DropoutFill fill) =>
        fill == DropoutFill.LastValue ? DropoutFill.Missing
        : fill.Fills is { } fills ? DropoutFill.OneOf([.. fills.Select(WithoutLastValue)])
        : fill;

    // About half of the sensors are lost in a row. One reading of some of them is a number, or the fill of another sensor.
    private static ColumnsView Damaged(ViewColumn[] columns, ReferenceFlags reference, bool sparse)
    {
        var random = new Random(1);
        var data = new ColumnsView(Rows, columns);
        for (int row = 0; row < Rows; row++)
        {
            bool[] isLost = [.. Enumerable.Range(0, reference.Sensors).Select(_ => random.Next(2) == 0)];
            for (int column = 0; column < columns.Length; column++)
            {
                bool isDouble = columns[column].IsDouble;
                double[] values =
                [
                    .. reference.SensorsOf(column).Select(sensor => isLost[sensor]
                        ? random.GetItems(reference.FillsOf(sensor, isDouble), 1)[0]
                        : Other(random, reference, isDouble)),
                ];
                if (random.Next(2) == 0)
                    values[random.Next(values.Length)] = Other(random, reference, isDouble);
                data.Singles[row][column] = ToRow(Array.ConvertAll(values, value => (float)value), sparse);
                data.Doubles[row][column] = ToRow(values, sparse);
            }
        }

        return data;
    }

    private static double Other(Random random, ReferenceFlags reference, bool isDouble) => random.Next(3) switch
    {
        0 => 0,
        1 => random.GetItems(reference.FillsOf(random.Next(reference.Sensors), isDouble), 1)[0],
        _ => random.NextSingle(),
    };

    private static VBuffer<T> ToRow<T>(T[] values, bool sparse)
        where T : System.Numerics.INumberBase<T>
    {
        int[] indices = [.. Enumerable.Range(0, values.Length).Where(i => !T.IsZero(values[i]))];
        return sparse && indices.Length < values.Length
            ? new VBuffer<T>(values.Length, indices.Length, [.. indices.Select(i => values[i])], indices)
            : new VBuffer<T>(values.Length, values);
    }
}
