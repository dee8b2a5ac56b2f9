using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Several columns share each row's mask: as sensors of their own, or with the same channels.</summary>
[TestClass]
public sealed class ColumnsTests : DropoutTests
{
    private static readonly ViewColumn[] Sensors =
        [new("Acc", 12, false), new("Gyro", 6, true), new("Temperature", null, false), new("Pressure", null, true)];

    private static readonly string[] Names = [.. Sensors.Select(column => column.Name)];

    private static readonly SpatialDropoutOptions Options = new() { Columns = Names, Rate = 0.5, Seed = 21 };

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    [DataRow(SourceMemory.FillsTheCallers, false)]
    [DataRow(SourceMemory.FillsTheCallers, true)]
    [DataRow(SourceMemory.HandsOutItsOwn, false)]
    [DataRow(SourceMemory.HandsOutItsOwn, true)]
    [DataRow(SourceMemory.SwapsItWithTheCallers, false)]
    [DataRow(SourceMemory.SwapsItWithTheCallers, true)]
    public void Sensors_equal_the_reference(SourceMemory memory, bool sparse) =>
        EqualTheReference(AnyViewOptions.ForSensors, memory, sparse);

    [TestMethod]
    [DataRow(SourceMemory.FillsTheCallers, false)]
    [DataRow(SourceMemory.FillsTheCallers, true)]
    [DataRow(SourceMemory.HandsOutItsOwn, false)]
    public void Columns_with_a_layout_equal_the_reference(SourceMemory memory, bool sparse) =>
        EqualTheReference(AnyViewOptions.ForLaidOutColumns, memory, sparse);

    [TestMethod]
    public void Sensors_drop_like_the_groups_of_one_joined_column() => AnyViewOptions.ForSensors.Sample(drawn =>
    {
        (SpatialDropoutOptions options, ViewColumn[] columns) = drawn;
        columns = Array.ConvertAll(columns, column => column with { IsDouble = false });
        var source = new ColumnsView(6, columns);
        IDataView joined = _mlContext.Transforms.Concatenate("Features", [.. options.Columns!]).Fit(source).Transform(source);
        SpatialDropoutOptions byGroups = options with
        {
            Columns = null,
            OutputColumnName = "Features",
            Groups = [.. columns.Select(column => column.Length)],
        };

        IDataView dropped = MakeView(_mlContext, joined, options);
        IDataView joinedAfter = _mlContext.Transforms.Concatenate("Features", [.. options.Columns!]).Fit(dropped).Transform(dropped);

        ViewRow<float>.AreEqual(
            ViewRow<float>.Read(MakeView(_mlContext, joined, byGroups)), ViewRow<float>.Read(joinedAfter), $"{options}");
    }, iter: 100);

    [TestMethod]
    public void Means_are_learned_by_element_for_sensors_and_by_channel_with_a_layout()
    {
        ViewColumn[] columns = [new("A", 4, false), new("B", 2, true)];
        var source = new ColumnsView(3, columns);
        SpatialDropoutOptions means = new() { Columns = ["A", "B"], Rate = 1, Fill = DropoutFill.ChannelMean, Seed = 1 };

        ColumnRow sensors = ColumnRow.Read(MakeView(_mlContext, source, means with { Columns = ["B"] }), ["B"])[0];
        ColumnRow channels = ColumnRow.Read(MakeView(_mlContext, source, means with { Columns = ["B"], Channels = 1 }), ["B"])[0];

        CollectionAssert.AreEqual(new double[] { 1101, 1102 }, sensors.Values["B"]);
        CollectionAssert.AreEqual(new double[] { 1101.5, 1101.5 }, channels.Values["B"]);
        StringAssert.StartsWith(
            Assert.ThrowsExactly<InvalidOperationException>(() => MakeView(_mlContext, source, means)).Message,
            "Fill is ChannelMean, but channel 3 of column 'A' has no mean: all its values in 3 rows are NaN.");
    }

    [TestMethod]
    public void A_shuffled_pass_gives_the_same_rows_in_another_order()
    {
        IDataView source = _mlContext.Data.Cache(new ColumnsView(60, Sensors));
        foreach (int copies in new[] { 1, 3 })
        {
            IDataView view = MakeView(_mlContext, source, Options with { Copies = copies });
            List<ColumnRow> inOrder = ColumnRow.Read(view, Names);
            List<ColumnRow> shuffled = ColumnRow.Read(view, Names, new Random(3));

            CollectionAssert.AreNotEqual(inOrder.ConvertAll(row => row.Id), shuffled.ConvertAll(row => row.Id));
            ColumnRow.AreEqual([.. inOrder.OrderBy(row => row.Id)], [.. shuffled.OrderBy(row => row.Id)], "shuffled");
        }
    }

    [TestMethod]
    public void Eight_threads_over_one_view()
    {
        IDataView view = MakeView(_mlContext, new ColumnsView(50, Sensors), Options with { Copies = 2, KeepOriginal = true });
        List<ColumnRow> expected = ColumnRow.Read(view, Names);

        Parallel.For(0, 8, thread => ColumnRow.AreEqual(expected, ColumnRow.Read(view, Names), $"thread {thread}"));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Inactive_columns_and_wrong_types_are_refused(int copies)
    {
        IDataView view = MakeView(_mlContext, new ColumnsView(2, Sensors), Options with { Copies = copies });
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Acc"], view.Schema["Temperature"]]);

        Assert.IsTrue(cursor.IsColumnActive(view.Schema["Acc"]));
        Assert.IsTrue(cursor.IsColumnActive(view.Schema["Temperature"]));
        Assert.IsFalse(cursor.IsColumnActive(view.Schema["Gyro"]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => cursor.GetGetter<VBuffer<double>>(view.Schema["Gyro"]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => cursor.GetGetter<double>(view.Schema["Pressure"]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => cursor.GetGetter<long>(view.Schema["Number"]));
        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<VBuffer<float>>(view.Schema["Temperature"]));
        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<double>(view.Schema["Temperature"]));
        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<float>(view.Schema["Acc"]));

        ValueGetter<float> read = cursor.GetGetter<float>(view.Schema["Temperature"]);
        float value = 0;
        Assert.ThrowsExactly<InvalidOperationException>(() => read(ref value), "before the first row");
        while (cursor.MoveNext())
            read(ref value);
        Assert.ThrowsExactly<InvalidOperationException>(() => read(ref value), "after the last row");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Cursors_are_disposed(int copies)
    {
        var source = new ColumnsView(3, Sensors);
        IDataView view = MakeView(_mlContext, source, Options with { Copies = copies });

        ColumnRow.Read(view, Names);
        ColumnRow.Read(view, []);

        Assert.IsGreaterThanOrEqualTo(2, source.CursorsMade);
        Assert.AreEqual(source.CursorsMade, source.CursorsDisposed);
    }

    [TestMethod]
    public void A_plan_for_each_column_draws_the_same_masks()
    {
        var source = new ColumnsView(40, Sensors);
        SpatialDropoutTransformer stage = MakeStage(_mlContext, Options).Fit(source);
        IReadOnlyList<DropoutPlan> plans = stage.Plans;

        Assert.HasCount(Sensors.Length, plans);
        for (int column = 0; column < plans.Count; column++)
        {
            int[] groups = new int[Sensors.Length];
            groups[column] = Sensors[column].Length;
            DropoutOptions options = plans[column].Options;
            CollectionAssert.AreEqual(groups, options.Groups!.ToArray());
            Assert.AreEqual(Sensors[column].Length, plans[column].Length);
            Assert.AreEqual($"{plans[column]}", $"{DropoutPlan.Create(options, Sensors[column].Length)}");

            var keep = new bool[Sensors.Length];
            for (ulong row = 0; row < 40; row++)
            {
                plans[column].DrawMask(new MaskKey(row), keep);
                CollectionAssert.AreEqual(ReferenceDropout.Mask(Options, new MaskKey(row), keep.Length), keep);
            }
        }

        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => stage.Plan).Message, "Use Plans.");
        StringAssert.Contains(stage.ToString(), "SpatialDropout of Acc: rows of [1, 12]");
        StringAssert.Contains(stage.ToString(), "; Temperature: rows of [1, 1]");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_chain_trains_on_dropped_columns_and_its_model_reads_plain_ones(bool asAutoML)
    {
        var source = new ColumnsView(30, [.. Sensors.Select(column => column with { IsDouble = false })]);
        SpatialDropoutEstimator stage = MakeStage(_mlContext, Options with { Copies = 2, KeepOriginal = true });
        var join = _mlContext.Transforms.Concatenate("Features", Names);
        var trainer = new ReadingEstimator("Features");
        EstimatorChain<ITransformer> chain = asAutoML
            ? new EstimatorChain<ITransformer>().Append<ITransformer>(stage).Append<ITransformer>(join).Append(trainer)
            : stage.Append(join).Append(trainer);

        ITransformer model = chain.Fit(source);

        IDataView dropped = MakeView(_mlContext, source, stage.Options);
        ViewRow<float>.AreEqual(ViewRow<float>.Read(join.Fit(dropped).Transform(dropped)), trainer.Read);
        ViewRow<float>.AreEqual(
            ViewRow<float>.Read(join.Fit(source).Transform(source)), ViewRow<float>.Read(model.Transform(source)));
    }

    // Each subset of the columns, the empty one included, has the values of the whole.
    private void EqualTheReference(
        Gen<(SpatialDropoutOptions Options, ViewColumn[] Columns)> any, SourceMemory memory, bool sparse) =>
        Gen.Select(any, Gen.Int[0, 8], Gen.Int[0, 31]).Sample((drawn, rowCount, subset) =>
        {
            (SpatialDropoutOptions options, ViewColumn[] columns) = drawn;
            var source = new ColumnsView(rowCount, columns, memory, sparse);
            List<ColumnRow> before = ColumnRow.Read(source, options.Columns!);
            IDataView view = MakeView(_mlContext, source, options);

            List<ColumnRow> read = ColumnRow.Read(view, options.Columns!);
            AssertIsReference(options, columns, before, read, sparse);

            IEnumerable<string> some = options.Columns!.Where((_, i) => (subset & (1 << i)) != 0);
            ColumnRow.AreEqual(read, ColumnRow.Read(view, some), "some columns");
            ColumnRow.AreEqual(read, ColumnRow.Read(view, options.Columns!), "a second pass");
            ColumnRow.AreEqual(read, ColumnRow.ReadSet(view, options.Columns!, 3), "a cursor set");
            ColumnRow.AreEqual(before, ColumnRow.Read(source, options.Columns!), "the source");
        }, iter: 150);

    private static void AssertIsReference(
        SpatialDropoutOptions options, ViewColumn[] columns, List<ColumnRow> before, List<ColumnRow> read, bool sparse)
    {
        int originals = options.KeepOriginal ? 1 : 0;
        int perInput = options.Copies + originals;
        Assert.HasCount(before.Count * perInput, read);
        Assert.HasCount(read.Count, read.DistinctBy(row => row.Id).ToArray(), "row IDs are unique");
        for (int i = 0; i < read.Count; i++)
        {
            (int row, int output) = Math.DivRem(i, perInput);
            MaskKey key = options.MaskKeyColumnName is null ? ColumnsView.Id(row).ToMaskKey() : MaskKey.FromInteger(row);
            key = key with { Copy = (uint)(output - originals) };
            Assert.AreEqual(row, read[i].Number);
            for (int column = 0; column < columns.Length; column++)
            {
                string name = columns[column].Name;
                double[] original = before[row].Values[name];
                Bits.AreEqual<double>(
                    output < originals ? original : Expected(options, columns[column], column, columns.Length, key, original),
                    read[i].Values[name], $"row {row}, output {output}, {name}:");
                if (sparse && options.Fill == DropoutFill.Zero)
                    Assert.AreEqual(before[row].IsDense[name], read[i].IsDense[name], "a sparse row stays sparse with a zero fill");
            }
        }
    }

    // A sensor column has one coin. With a layout, each column is a row of its own with the same masks.
    private static double[] Expected(
        SpatialDropoutOptions options, ViewColumn column, int index, int count, MaskKey key, double[] original)
    {
        DropoutOptions row = options.Channels is null && options.Groups is null
            ? options with { Groups = [.. Enumerable.Range(0, count).Select(i => i == index ? column.Length : 0)] }
            : options;
        if (column.IsDouble)
            return ReferenceDropout.Apply<double>(row, key, original);
        float[] singles = Array.ConvertAll(original, value => (float)value);
        return Array.ConvertAll(ReferenceDropout.Apply<float>(row, key, singles), value => (double)value);
    }
}
