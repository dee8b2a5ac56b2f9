using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A row of one vector column, as a pass over a view returned it.</summary>
internal sealed record ViewRow<T>(DataViewRowId Id, T[] Values, bool IsDense, long Position, long Batch)
    where T : unmanaged
{
    public static List<ViewRow<T>> Read(IDataView view, string column = "Features", Random? random = null)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema[column]], random);
        return Read(cursor, column);
    }

    /// <summary>Reads a set of cursors in turns, one row each, and orders the rows by their batches.</summary>
    public static List<ViewRow<T>> ReadSet(IDataView view, int cursors, string column = "Features")
    {
        var rows = new List<ViewRow<T>>();
        List<IEnumerator<ViewRow<T>>> open = [.. view.GetRowCursorSet([view.Schema[column]], cursors)
            .Select(cursor => Rows(cursor, column).GetEnumerator())];
        while (open.Count > 0)
        {
            open.RemoveAll(cursor => !cursor.MoveNext());
            rows.AddRange(open.Select(cursor => cursor.Current));
        }

        return [.. rows.OrderBy(row => row.Batch)];
    }

    public static List<ViewRow<T>> Read(DataViewRowCursor cursor, string column = "Features") => [.. Rows(cursor, column)];

    public static void AreEqual(List<ViewRow<T>> expected, List<ViewRow<T>> actual, string? what = null)
    {
        Assert.HasCount(expected.Count, actual, what);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.AreEqual(expected[i].Id, actual[i].Id, $"{what} row {i}: ID");
            Bits.AreEqual<T>(expected[i].Values, actual[i].Values, $"{what} row {i}:");
        }
    }

    private static IEnumerable<ViewRow<T>> Rows(DataViewRowCursor cursor, string column)
    {
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        ValueGetter<VBuffer<T>> getValues = cursor.GetGetter<VBuffer<T>>(cursor.Schema[column]);
        DataViewRowId id = default;
        VBuffer<T> values = default;
        while (cursor.MoveNext())
        {
            getId(ref id);
            getValues(ref values);
            yield return new ViewRow<T>(id, [.. values.DenseValues()], values.IsDense, cursor.Position, cursor.Batch);
        }
    }
}
