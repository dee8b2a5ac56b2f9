using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A row of one vector column as a pass over a view gave it.</summary>
internal sealed record ViewRow<T>(DataViewRowId Id, T[] Values, bool IsDense, long Position, long Batch)
    where T : unmanaged
{
    public static List<ViewRow<T>> Read(IDataView view, string column = "Features", Random? random = null)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema[column]], random);
        return Read(cursor, column);
    }

    /// <summary>Reads a set of cursors in turns, a row of each, and puts the rows back in order by their batches.</summary>
    public static List<ViewRow<T>> ReadSet(IDataView view, int cursors, string column = "Features") =>
        [.. view.GetRowCursorSet([view.Schema[column]], cursors).SelectMany(cursor =>
        {
            using (cursor)
                return Read(cursor, column);
        }).OrderBy(row => row.Batch)];

    public static List<ViewRow<T>> Read(DataViewRowCursor cursor, string column = "Features")
    {
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        ValueGetter<VBuffer<T>> getValues = cursor.GetGetter<VBuffer<T>>(cursor.Schema[column]);
        DataViewRowId id = default;
        VBuffer<T> values = default;

        var rows = new List<ViewRow<T>>();
        while (cursor.MoveNext())
        {
            getId(ref id);
            getValues(ref values);
            rows.Add(new ViewRow<T>(id, [.. values.DenseValues()], values.IsDense, cursor.Position, cursor.Batch));
        }

        return rows;
    }

    public static void AreEqual(List<ViewRow<T>> expected, List<ViewRow<T>> actual, string? what = null)
    {
        Assert.HasCount(expected.Count, actual, what);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.AreEqual(expected[i].Id, actual[i].Id, $"{what} row {i}: ID");
            Bits.AreEqual<T>(expected[i].Values, actual[i].Values, $"{what} row {i}:");
        }
    }
}
