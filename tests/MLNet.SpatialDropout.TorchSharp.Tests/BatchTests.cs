using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What a backend's view promises beyond the contracts it shares with the kernels: batches, and two cursors.</summary>
[TestClass]
public sealed class BatchTests
{
    private static readonly SpatialDropoutOptions Options =
        new() { OutputColumnName = "Features", Channels = 3, Rate = 0.5, Seed = 21 };

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(7)]
    [DataRow(1000)]
    public void Batches_of_any_size_give_the_rows_of_the_kernels(int batchRows)
    {
        IDataView data = _mlContext.Data.LoadFromEnumerable(SensorRow.Generate(70));
        foreach (int copies in new[] { 1, 3, 9 })
        {
            SpatialDropoutOptions options = Options with { Copies = copies, KeepOriginal = copies == 3, RowProbability = 0.7 };
            ViewRow<float>.AreEqual(
                ViewRow<float>.Read(SpatialDropoutCatalog.SpatialDropout(_mlContext.Data, data, options)),
                ViewRow<float>.Read(SpatialDropoutCatalog.SpatialDropout(
                    _mlContext.Data, data, options with { Backend = TorchBackend.For(_mlContext, batchRows) })));
        }
    }

    [TestMethod]
    public void A_reader_that_skips_rows_gets_those_it_reads()
    {
        var source = new VirtualView<float>(100, 12, row => new VBuffer<float>(12, [.. Enumerable.Repeat(row + 1f, 12)]));
        IDataView view = _mlContext.Data.SpatialDropout(source, Options);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> values = default;
        foreach (int row in new[] { 0, 3, 4, 50, 99 })
        {
            while (cursor.Position < row)
                Assert.IsTrue(cursor.MoveNext());
            getter(ref values);
            getter(ref values);
            Bits.AreEqual<float>(
                ReferenceDropout.Apply<float>(Options, new RowKey((ulong)row), [.. Enumerable.Repeat(row + 1f, 12)]),
                values.GetValues(), $"row {row}:");
        }
    }

    [TestMethod]
    public void A_cursor_set_is_one_cursor()
    {
        var source = new VirtualView<float>(30, 12, row => new VBuffer<float>(12, [.. Enumerable.Repeat((float)row, 12)]));
        IDataView view = _mlContext.Data.SpatialDropout(source, Options);

        Assert.HasCount(1, view.GetRowCursorSet(view.Schema, 8));
    }

    [TestMethod]
    public void A_source_whose_passes_differ_is_refused()
    {
        int pass = 0;
        var source = new VirtualView<float>(30, 12, _ => new VBuffer<float>(12, new float[12]))
        {
            Id = row => new DataViewRowId((ulong)row, (ulong)Interlocked.Increment(ref pass)),
        };
        IDataView view = _mlContext.Data.SpatialDropout(source, Options);

        var exception = Assert.ThrowsExactly<InvalidOperationException>(() => ViewRow<float>.Read(view));
        Assert.Contains("cache the source", exception.Message);
    }

    [TestMethod]
    public void A_source_may_hand_out_one_array_for_all_rows()
    {
        var shared = new float[12];
        var source = new VirtualView<float>(
            30, 12,
            row =>
            {
                Array.Fill(shared, row + 1f);
                return new VBuffer<float>(12, shared);
            },
            SourceMemory.HandsOutItsOwn);

        List<ViewRow<float>> read = ViewRow<float>.Read(_mlContext.Data.SpatialDropout(source, Options));

        for (int row = 0; row < 30; row++)
            Bits.AreEqual<float>(
                ReferenceDropout.Apply<float>(Options, new RowKey((ulong)row), [.. Enumerable.Repeat(row + 1f, 12)]),
                read[row].Values, $"row {row}:");
    }

    [TestMethod]
    public void Rows_of_a_batch_that_failed_are_refused_and_not_given_out_as_they_are()
    {
        var source = new VirtualView<float>(30, 12, row => new VBuffer<float>(12, [.. Enumerable.Repeat(row + 1f, 12)]));
        IDataView view = SpatialDropoutCatalog.SpatialDropout(
            _mlContext.Data, source, Options with { Backend = new KernelBackend(failingBatch: 2) });
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> values = default;
        for (int row = 0; cursor.MoveNext(); row++)
        {
            if (row < 4)
                getter(ref values);
            else
                Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref values), $"row {row}");
        }
    }

    // What the backend itself allocates, it does per batch.
    [TestMethod]
    public void Reading_ahead_allocates_nothing_per_row()
    {
        const int Rows = 2000;
        var row = new float[12];
        var source = new VirtualView<float>(Rows, 12, _ => new VBuffer<float>(12, row));
        IDataView view = SpatialDropoutCatalog.SpatialDropout(
            _mlContext.Data, source, Options with { Backend = new KernelBackend() });

        Allocations.OfPass(view, Rows);
        Assert.AreEqual(Allocations.OfPass(view, 10), Allocations.OfPass(view, Rows));
    }

    [TestMethod]
    public void No_tensor_outlives_its_batch()
    {
        const int Rows = 5000;
        var source = new VirtualView<float>(Rows, 12, row => new VBuffer<float>(12, [.. Enumerable.Repeat((float)row, 12)]));
        IDataView view = _mlContext.Data.SpatialDropout(
            source, Options with { Copies = 2, ChannelRates = [0.1, 0.2, 0.3], Rate = null, RowProbability = 0.5 });
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> values = default;

        long before = TensorCase.CountTensors();
        while (cursor.MoveNext())
        {
            getter(ref values);
            Assert.AreEqual(before, Tensor.TotalCount);
        }
    }
}
