using CsCheck;
using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Whatever the options and the schema, it works, or it throws a documented exception that names the culprit.</summary>
[TestClass]
public sealed class FuzzTests
{
    private static readonly string[] Names = ["Features", "Doubles", "Number", "Class", "IsFast", "Tokens", "Nowhere", "", " "];

    private static readonly Gen<double> Doubles = Gen.OneOf(
        Gen.Double[-0.5, 1.5], Gen.Double,
        Gen.Const(double.NaN), Gen.Const(0.0), Gen.Const(1.0), Gen.Const(double.PositiveInfinity));

    private static readonly Gen<int> Integers = Gen.Frequency((9, Gen.OneOf(Gen.Int[1, 4], Gen.Int[-2, 14])), (1, Gen.Int));

    private static readonly Gen<string> AnyName = Gen.Int[0, Names.Length - 1].Select(i => Names[i]);

    private static readonly Gen<ValueList<int>?> Shapes = Gen.OneOf(
        Gen.Const((ValueList<int>?)null), Integers.Array[0, 4].Select(ValueList<int>? (sizes) => ValueList.Create(sizes)));

    private static readonly Gen<SpatialDropoutOptions> Any =
        from output in Gen.Frequency((3, Gen.Const("Features")), (1, AnyName))
        from names in AnyName.Array[2]
        from numbers in Integers.Array[6]
        from doubles in Doubles.Array[3]
        from rates in Doubles.Array[0, 5]
        from given in Gen.Int[0, 3].Select(i => i == 0).Array[10]
        from shape in Shapes
        from noise in Shapes
        from layout in Gen.OneOf(Gen.Enum<ChannelLayout>(), Gen.Const((ChannelLayout)9))
        from scaling in Gen.OneOf(Gen.Enum<DropoutScaling>(), Gen.Const((DropoutScaling)9))
        from fill in Gen.OneOf(Gen.Const(DropoutFill.ChannelMean), Doubles.Select(DropoutFill.Constant))
        select WithRate(new SpatialDropoutOptions
        {
            OutputColumnName = output,
            InputColumnName = given[0] ? names[0] : null,
            MaskKeyColumnName = given[1] ? names[1] : null,
            Channels = given[2] ? null : numbers[0],
            Layout = given[3] ? layout : default,
            Shape = given[2] ? shape : null,
            NoiseShape = given[2] ? noise : null,
            Rates = given[4] ? ValueList.Create(rates) : null,
            DroppedChannels = given[5] ? (numbers[1], numbers[2]) : null,
            MinKept = given[6] ? numbers[3] : 0,
            RowProbability = given[6] ? doubles[0] : 1,
            Scaling = given[7] ? scaling : null,
            Fill = fill,
            Copies = Math.Min(numbers[4], 5),
            SharedAcrossRows = given[7],
            KeepOriginal = given[3],
            Seed = numbers[5],
            PerElement = given[8],
        }, given[9] ? doubles[1] : null);

    [TestMethod]
    public void Works_or_says_what_is_wrong()
    {
        int worked = 0;
        int refused = 0;
        Any.Sample(options =>
        {
            var mlContext = new MLContext(1);
            IDataView rows = mlContext.Data.LoadFromEnumerable(SensorRow.Generate(4));
            IDataView data = mlContext.Transforms.Text.TokenizeIntoWords("Tokens", "Class").Fit(rows).Transform(rows);
            try
            {
                IDataView view = mlContext.Data.SpatialDropout(data, options);
                int perInput = options.Copies + (options.KeepOriginal ? 1 : 0);
                int count = (options.InputColumnName ?? options.OutputColumnName) == "Doubles"
                    ? AssertLengths(ViewRow<double>.Read(view, options.OutputColumnName))
                    : AssertLengths(ViewRow<float>.Read(view, options.OutputColumnName));
                Assert.AreEqual(4 * perInput, count);

                // The stage of a chain goes the same way.
                var chain = mlContext.Transforms.SpatialDropout(options)
                    .Append(mlContext.Transforms.NormalizeMinMax("Normalized", options.OutputColumnName));
                Assert.IsNotNull(chain.Fit(data).Transform(data).Schema.GetColumnOrNull("Normalized"));
                Interlocked.Increment(ref worked);
            }
            catch (Exception refusal) when (refusal is ArgumentException or InvalidOperationException)
            {
                Assert.IsTrue(
                    typeof(SpatialDropoutOptions).GetProperties().Any(option => refusal.Message.Contains(option.Name))
                        || Names.Any(name => name.Length > 1 && refusal.Message.Contains($"'{name}'")),
                    $"names no culprit: {refusal}");
                Interlocked.Increment(ref refused);
            }
        }, iter: 20_000, time: -1);

        Assert.IsGreaterThan(500, worked, "options that are right are among them");
        Assert.IsGreaterThan(1000, refused);
    }

    private static SpatialDropoutOptions WithRate(SpatialDropoutOptions options, double? rate) =>
        rate is null ? options : options with { Rate = rate.Value };

    private static int AssertLengths<T>(List<ViewRow<T>> rows)
        where T : unmanaged
    {
        Assert.IsTrue(rows.TrueForAll(row => row.Values.Length == SensorRow.Length), "never a wrong length");
        return rows.Count;
    }
}
