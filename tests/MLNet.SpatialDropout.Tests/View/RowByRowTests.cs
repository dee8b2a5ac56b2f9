using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// What holds for the SIMD kernels, which drop rows one by one: cursor sets, the caller's random numbers, no allocation.
/// A backend reads ahead with another cursor and has other guarantees.
/// </summary>
[TestClass]
public sealed class RowByRowTests
{
    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Parallelism_and_randomness_are_the_callers_choice()
    {
        var source = new VirtualView<float>(9, 12, _ => new VBuffer<float>(12, new float[12]));
        IDataView view = _mlContext.Data.SpatialDropout(source, Options);
        var random = new Random(1);

        Assert.HasCount(4, view.GetRowCursorSet(view.Schema, 4, random));
        Assert.AreSame(random, source.Random);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        Assert.IsNull(source.Random);
    }

    [TestMethod]
    public void Allocates_nothing_per_row()
    {
        const int Rows = 2000;
        float[] row = new float[12];
        var source = new VirtualView<float>(Rows, 12, _ => new VBuffer<float>(12, row));
        IDataView view = _mlContext.Data.SpatialDropout(source, Options);

        Allocations.OfPass(view, Rows);
        Assert.AreEqual(Allocations.OfPass(view, 10), Allocations.OfPass(view, Rows));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Columns_allocate_nothing_per_row(int copies)
    {
        ViewColumn[] columns = [new("A", 12, false), new("B", null, false), new("C", null, false)];
        var source = new ColumnsView(2000, columns);
        IDataView view = _mlContext.Data.SpatialDropout(
            source, new SpatialDropoutOptions { Columns = ["A", "B", "C"], Copies = copies, Seed = 1 });

        long OfPass(int rows)
        {
            using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
            var readVector = cursor.GetGetter<VBuffer<float>>(view.Schema["A"]);
            var readScalar = cursor.GetGetter<float>(view.Schema["B"]);
            VBuffer<float> vector = default;
            float scalar = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < rows; i++)
            {
                Assert.IsTrue(cursor.MoveNext());
                readVector(ref vector);
                readScalar(ref scalar);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        OfPass(2000);
        Assert.AreEqual(OfPass(10), OfPass(2000));
    }

    [TestMethod]
    public void A_billion_rows_of_which_the_first_the_last_and_some_between_are_read()
    {
        const long Rows = 1_000_000_000;
        SpatialDropoutOptions options = Options with { Channels = 3, Copies = 2 };
        var source = new VirtualView<float>(Rows, 12, row => new VBuffer<float>(12, [.. Enumerable.Repeat((float)row, 12)]));
        IDataView view = _mlContext.Data.SpatialDropout(source, options);
        Assert.AreEqual(2 * Rows, view.GetRowCount());

        // The parts of a cursor set start all over the view; the last one is short enough to be read to its end.
        const int Parts = 20_000;
        DataViewRowCursor[] cursors = view.GetRowCursorSet([view.Schema["Features"]], Parts);
        var random = new Random(1);
        int[] parts = [0, .. Enumerable.Range(0, 20).Select(_ => random.Next(1, Parts - 1)).Distinct()];
        foreach (int part in parts)
            AssertRow(cursors[part], options, Rows * part / Parts);

        DataViewRowCursor last = cursors[^1];
        for (long row = 0; row < 2 * (Rows / Parts) - 2; row++)
            last.MoveNext();
        AssertRow(last, options, Rows - 1);
        Assert.IsTrue(last.MoveNext(), "the last row's second copy");
        Assert.IsFalse(last.MoveNext());
        Assert.AreEqual(parts.Length + 1, source.ValuesRead, "no other row is read");
    }

    private static SpatialDropoutOptions Options => new()
    {
        OutputColumnName = "Features",
        Channels = 3,
        Rate = 0.5,
        Scaling = DropoutScaling.Inverted,
        Seed = 21,
    };

    private static void AssertRow(DataViewRowCursor cursor, SpatialDropoutOptions options, long row)
    {
        Assert.IsTrue(cursor.MoveNext());
        VBuffer<float> values = default;
        cursor.GetGetter<VBuffer<float>>(cursor.Schema["Features"])(ref values);
        float[] source = [.. Enumerable.Repeat((float)row, 12)];
        Bits.AreEqual(ReferenceDropout.Apply<float>(options, new MaskKey((ulong)row), source), values.GetValues(), $"row {row}:");
    }
}
