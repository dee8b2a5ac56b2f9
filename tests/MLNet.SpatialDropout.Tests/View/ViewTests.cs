using System.Numerics;
using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>For any view and options, every kind of pass returns the reference's rows.</summary>
[TestClass]
public sealed class ViewTests : DropoutTests
{
    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Floats_dense() => EqualsTheReference<float>(sparse: false);

    [TestMethod]
    public void Floats_sparse() => EqualsTheReference<float>(sparse: true);

    [TestMethod]
    public void Doubles_dense() => EqualsTheReference<double>(sparse: false);

    [TestMethod]
    public void Doubles_sparse() => EqualsTheReference<double>(sparse: true);

    [TestMethod]
    [DataRow(SourceMemory.HandsOutItsOwn, false)]
    [DataRow(SourceMemory.HandsOutItsOwn, true)]
    [DataRow(SourceMemory.SwapsItWithTheCallers, false)]
    [DataRow(SourceMemory.SwapsItWithTheCallers, true)]
    public void Of_a_careless_source(SourceMemory memory, bool sparse) => EqualsTheReference<float>(sparse, memory);

    [TestMethod]
    public void A_shuffled_pass_gives_the_same_rows_in_another_order()
    {
        IDataView data = _mlContext.Data.Cache(_mlContext.Data.LoadFromEnumerable(SensorRow.Generate(60)));
        foreach (int copies in new[] { 1, 3 })
        {
            IDataView view = MakeView(_mlContext, data, Options with { Copies = copies });
            Assert.IsTrue(view.CanShuffle);

            List<ViewRow<float>> inOrder = ViewRow<float>.Read(view);
            List<ViewRow<float>> shuffled = ViewRow<float>.Read(view, random: new Random(3));

            CollectionAssert.AreNotEqual(inOrder.ConvertAll(row => row.Id), shuffled.ConvertAll(row => row.Id));
            ViewRow<float>.AreEqual([.. inOrder.OrderBy(row => row.Id)], [.. shuffled.OrderBy(row => row.Id)]);
        }
    }

    [TestMethod]
    public void A_cached_view_and_a_cached_source_give_the_same_rows()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(40));
        IDataView view = MakeView(_mlContext, data, Options);

        ViewRow<float>.AreEqual(ViewRow<float>.Read(view), ViewRow<float>.Read(_mlContext.Data.Cache(view)));
        ViewRow<float>.AreEqual(
            ViewRow<float>.Read(view), ViewRow<float>.Read(MakeView(_mlContext, _mlContext.Data.Cache(data), Options)));
    }

    [TestMethod]
    public void Another_output_column_leaves_the_input_column_alone()
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(10));
        IDataView view = MakeView(_mlContext, data, Options with { InputColumnName = "Features", OutputColumnName = "Dropped" });

        ViewRow<float>.AreEqual(ViewRow<float>.Read(data), ViewRow<float>.Read(view));
        ViewRow<float>.AreEqual(
            ViewRow<float>.Read(MakeView(_mlContext, data, Options)), ViewRow<float>.Read(view, "Dropped"));
    }

    // The view draws masks several rows ahead, copy by copy, but only for rows of at least 16 floats, the widest vector.
    [TestMethod]
    [DataRow(1, false)]
    [DataRow(1, true)]
    [DataRow(4, false)]
    [DataRow(4, true)]
    [DataRow(20, false)]
    [DataRow(20, true)]
    public void Rows_whose_ids_follow_each_other(int copies, bool keepOriginal)
    {
        foreach ((int time, int channels) in new[] { (10, 3), (128, 6) })
        {
            SpatialDropoutOptions options =
                Options with { Channels = channels, Copies = copies, KeepOriginal = keepOriginal };
            RowsInSequenceEqualTheReference<float>(options, time * channels);
            RowsInSequenceEqualTheReference<double>(options, time * channels);
        }
    }

    private static SpatialDropoutOptions Options => new()
    {
        OutputColumnName = "Features",
        Channels = 3,
        Rate = 0.5,
        Scaling = DropoutScaling.Inverted,
        Seed = 21,
    };

    private void RowsInSequenceEqualTheReference<T>(SpatialDropoutOptions options, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Rows = 70;
        var source = new VirtualView<T>(Rows, length, row => Row<T>((int)row, length, sparse: false));
        int originals = options.KeepOriginal ? 1 : 0;
        int perInput = options.Copies + originals;

        List<ViewRow<T>> read = ViewRow<T>.Read(MakeView(_mlContext, source, options));

        Assert.HasCount(Rows * perInput, read);
        for (int i = 0; i < read.Count; i++)
        {
            int row = i / perInput;
            int copy = (i % perInput) - originals;
            T[] original = [.. Row<T>(row, length, sparse: false).DenseValues()];
            T[] expected = copy < 0
                ? original
                : ReferenceDropout.Apply<T>(options, new MaskKey((ulong)row, Copy: (uint)copy), original);
            Bits.AreEqual<T>(expected, read[i].Values, $"{length} of {typeof(T)}, row {row}, copy {copy}:");
        }
    }

    private void EqualsTheReference<T>(bool sparse, SourceMemory memory = SourceMemory.FillsTheCallers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Gen.Select(AnyViewOptions.ForViews, Gen.Int[0, 12]).Sample((sized, rowCount) =>
        {
            (SpatialDropoutOptions options, int length) = sized;
            VBuffer<T>[] rows = [.. Enumerable.Range(0, rowCount).Select(row => Row<T>(row, length, sparse))];
            VBuffer<T>[] before = Array.ConvertAll(rows, Copy);
            var source = new VirtualView<T>(rowCount, length, row => rows[row], memory)
            {
                Id = row => new DataViewRowId((ulong)(row * 7), row % 2 == 0 ? 0 : (ulong)row << 40),
            };
            IDataView view = MakeView(_mlContext, source, options);

            List<ViewRow<T>> read = ViewRow<T>.Read(view);
            int perInput = options.Copies + (options.KeepOriginal ? 1 : 0);
            Assert.HasCount(rowCount * perInput, read);
            Assert.AreEqual(rowCount * perInput, view.GetRowCount());
            Assert.AreEqual(rowCount, source.ValuesRead, "each input row is read once");
            Assert.HasCount(read.Count, read.DistinctBy(row => row.Id).ToArray(), "row IDs are unique");

            for (int i = 0; i < read.Count; i++)
            {
                int row = i / perInput;
                int copy = (i % perInput) - (options.KeepOriginal ? 1 : 0);
                T[] original = [.. before[row].DenseValues()];
                MaskKey key = options.MaskKeyColumnName is null ? source.Id(row).ToMaskKey() : MaskKey.FromInteger(row);
                T[] expected = copy < 0 ? original : ReferenceDropout.Apply<T>(options, key with { Copy = (uint)copy }, original);
                Bits.AreEqual<T>(expected, read[i].Values, $"row {row}, copy {copy}:");
                Assert.AreEqual(i, read[i].Position);
                if (sparse && options.Fill == DropoutFill.Zero)
                    Assert.AreEqual(before[row].IsDense, read[i].IsDense, "a sparse row stays sparse with a zero fill");
            }

            ViewRow<T>.AreEqual(read, ViewRow<T>.Read(view), "a second pass");
            ViewRow<T>.AreEqual(read, ViewRow<T>.ReadSet(view, 3), "a cursor set");
            for (int row = 0; row < rowCount; row++)
                Bits.AreEqual(before[row].GetValues(), rows[row].GetValues(), "the source's own memory");
        }, iter: 300);

    private static VBuffer<T> Row<T>(int row, int length, bool sparse)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = [.. Enumerable.Range(0, length).Select(i => i % 5 == 3 ? T.NaN : T.CreateTruncating((row * 100) + i + 1))];
        int[] indices = [.. Enumerable.Range(0, length).Where(i => (i + row) % 3 == 0)];
        return !sparse || indices.Length == length
            ? new VBuffer<T>(length, values)
            : new VBuffer<T>(length, indices.Length, [.. indices.Select(i => values[i])], indices);
    }

    private static VBuffer<T> Copy<T>(VBuffer<T> row)
    {
        VBuffer<T> copy = default;
        row.CopyTo(ref copy);
        return copy;
    }
}
