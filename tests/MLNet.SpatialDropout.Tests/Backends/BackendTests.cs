using System.Numerics;
using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What is particular to a view with a backend: batches, and two cursors over the source.</summary>
[TestClass]
public sealed class BackendTests
{
    private readonly MLContext _mlContext = new(1);

    private static SpatialDropoutOptions Options => new()
    {
        OutputColumnName = "Features",
        Channels = 3,
        Rate = 0.5,
        Scaling = DropoutScaling.Inverted,
        Seed = 21,
        Backend = new KernelBackend(),
    };

    // Batches of one row; with room that no whole row fills; of only some of a row's copies; and of the whole view.
    [TestMethod]
    [DataRow(1, 1, false)]
    [DataRow(4, 1, false)]
    [DataRow(4, 1, true)]
    [DataRow(1, 2, false)]
    [DataRow(4, 2, false)]
    [DataRow(4, 2, true)]
    [DataRow(7, 2, true)]
    [DataRow(7, 3, false)]
    [DataRow(4, 9, true)]
    [DataRow(1000, 3, true)]
    public void Batches_of_any_size_give_the_rows_of_a_view_without_a_backend(int batchSize, int copies, bool keepOriginal)
    {
        SpatialDropoutOptions options = Options with
        {
            Copies = copies,
            KeepOriginal = keepOriginal,
            RowProbability = 0.7,
            Backend = new KernelBackend(batchSize),
        };
        SpatialDropoutOptions missing = options with { Fill = DropoutFill.Missing, Scaling = DropoutScaling.None };
        foreach (SpatialDropoutOptions filled in new[] { options, missing })
        {
            foreach (bool sparse in new[] { false, true })
            {
                EqualsTheViewWithoutABackend<float>(filled, sparse);
                EqualsTheViewWithoutABackend<double>(filled with { MaskKeyColumnName = "Number" }, sparse);
            }
        }
    }

    [TestMethod]
    public void Columns_of_any_kind_are_those_of_a_view_without_a_backend() =>
        Gen.Select(AnyViewOptions.ForSensors, Gen.Int[1, 9], Gen.Int[0, 31]).Sample((drawn, batchSize, subset) =>
        {
            (SpatialDropoutOptions options, ViewColumn[] columns) = drawn;
            var source = new ColumnsView(8, columns);
            IDataView plain = _mlContext.Data.SpatialDropout(source, options);
            IDataView view = _mlContext.Data.SpatialDropout(source, options with { Backend = new KernelBackend(batchSize) });
            string[] some = [.. options.Columns!.Where((_, i) => (subset & (1 << i)) != 0)];

            ColumnRow.AreEqual(ColumnRow.Read(plain, options.Columns!), ColumnRow.Read(view, options.Columns!), "all columns");
            ColumnRow.AreEqual(ColumnRow.Read(plain, some), ColumnRow.Read(view, some), "some columns");
            ColumnRow.AreEqual(ColumnRow.Read(plain, some), ColumnRow.ReadSet(view, some, 3), "a cursor set");
        }, iter: 100);

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
                ReferenceDropout.Apply<float>(Options, new MaskKey((ulong)row), [.. Enumerable.Repeat(row + 1f, 12)]),
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
        Assert.Contains("Cache the source", exception.Message);
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
                ReferenceDropout.Apply<float>(Options, new MaskKey((ulong)row), [.. Enumerable.Repeat(row + 1f, 12)]),
                read[row].Values, $"row {row}:");
    }

    [TestMethod]
    public void Rows_of_a_batch_that_failed_are_refused_and_not_given_out_as_they_are()
    {
        var source = new VirtualView<float>(30, 12, row => new VBuffer<float>(12, [.. Enumerable.Repeat(row + 1f, 12)]));
        IDataView view = _mlContext.Data.SpatialDropout(
            source, Options with { Backend = new KernelBackend(failingBatch: 2) });
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

    // Nine copies make three batches. The second fails, and the row's own values must not be returned as its copies.
    [TestMethod]
    public void Copies_of_a_batch_that_failed_are_refused_and_not_given_out_as_they_are()
    {
        var source = new VirtualView<float>(3, 12, row => new VBuffer<float>(12, [.. Enumerable.Repeat(row + 1f, 12)]));
        IDataView view = _mlContext.Data.SpatialDropout(
            source, Options with { Copies = 9, Backend = new KernelBackend(failingBatch: 2) });
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> values = default;
        for (int copy = 0; cursor.MoveNext(); copy++)
        {
            if (copy < 4)
                getter(ref values);
            else
                Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref values), $"output {copy}");
        }
    }

    [TestMethod]
    public void Rows_of_a_batch_that_the_source_cut_short_are_refused()
    {
        var source = new VirtualView<float>(
            9, 12, row => row == 6 ? throw new InvalidDataException("row 6") : new VBuffer<float>(12, new float[12]));
        IDataView view = _mlContext.Data.SpatialDropout(source, Options);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> values = default;
        for (int row = 0; row < 4; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
            getter(ref values);
        }

        Assert.IsTrue(cursor.MoveNext());
        Assert.ThrowsExactly<InvalidDataException>(() => getter(ref values));
        Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref values), "row 4, read again");
        Assert.IsTrue(cursor.MoveNext());
        Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref values), "row 5");
    }

    [TestMethod]
    public void Reading_ahead_allocates_nothing_per_row()
    {
        const int Rows = 2000;
        var row = new float[12];
        var source = new VirtualView<float>(Rows, 12, _ => new VBuffer<float>(12, row));
        IDataView view = _mlContext.Data.SpatialDropout(source, Options);

        Allocations.OfPass(view, Rows);
        Assert.AreEqual(Allocations.OfPass(view, 10), Allocations.OfPass(view, Rows));
    }

    private void EqualsTheViewWithoutABackend<T>(SpatialDropoutOptions options, bool sparse)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var source = new VirtualView<T>(30, 12, row => Row<T>(row, sparse));

        List<ViewRow<T>> expected =
            ViewRow<T>.Read(_mlContext.Data.SpatialDropout(source, options with { Backend = null }));
        List<ViewRow<T>> actual = ViewRow<T>.Read(_mlContext.Data.SpatialDropout(source, options));

        ViewRow<T>.AreEqual(expected, actual, $"{options.Fill} of {typeof(T)}:");
        CollectionAssert.AreEqual(expected.ConvertAll(row => row.IsDense), actual.ConvertAll(row => row.IsDense));
        CollectionAssert.AreEqual(expected.ConvertAll(row => row.Position), actual.ConvertAll(row => row.Position));
    }

    private static VBuffer<T> Row<T>(long row, bool sparse)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = [.. Enumerable.Range(0, sparse ? 4 : 12).Select(i => T.CreateTruncating((row * 100) + i + 1))];
        return sparse ? new VBuffer<T>(12, 4, values, [0, 4, 5, 11]) : new VBuffer<T>(12, values);
    }
}
