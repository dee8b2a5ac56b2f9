using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A row of several columns, as a pass over a view returned it: vectors and scalars alike as arrays.</summary>
internal sealed record ColumnRow(DataViewRowId Id, long Number, Dictionary<string, double[]> Values, Dictionary<string, bool> IsDense)
{
    /// <summary>Reads some columns of a view.</summary>
    public static List<ColumnRow> Read(IDataView view, IEnumerable<string> columns, Random? random = null)
    {
        using DataViewRowCursor cursor =
            view.GetRowCursor(columns.Append("Number").Select(name => view.Schema[name]), random);
        return [.. Rows(cursor, columns)];
    }

    /// <summary>Reads a set of cursors, and orders the rows by their batches.</summary>
    public static List<ColumnRow> ReadSet(IDataView view, IEnumerable<string> columns, int cursors) =>
    [
        .. view.GetRowCursorSet(columns.Append("Number").Select(name => view.Schema[name]), cursors)
            .SelectMany(cursor => Rows(cursor, columns).Select(row => (Row: row, cursor.Batch)).ToList())
            .OrderBy(read => read.Batch).Select(read => read.Row),
    ];

    /// <summary>Asserts that rows are equal in the columns that the second ones have.</summary>
    public static void AreEqual(List<ColumnRow> expected, List<ColumnRow> actual, string what)
    {
        Assert.HasCount(expected.Count, actual, what);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.AreEqual(expected[i].Id, actual[i].Id, $"{what}, row {i}: ID");
            Assert.AreEqual(expected[i].Number, actual[i].Number, $"{what}, row {i}: number");
            foreach ((string column, double[] values) in actual[i].Values)
                Bits.AreEqual<double>(expected[i].Values[column], values, $"{what}, row {i}, {column}:");
        }
    }

    private static IEnumerable<ColumnRow> Rows(DataViewRowCursor cursor, IEnumerable<string> columns)
    {
        ValueGetter<DataViewRowId> readId = cursor.GetIdGetter();
        ValueGetter<long> readNumber = cursor.GetGetter<long>(cursor.Schema["Number"]);
        (string Name, Func<(double[], bool)> Read)[] readers =
            [.. columns.Select(name => (name, Reader(cursor, cursor.Schema[name])))];
        DataViewRowId id = default;
        long number = 0;
        while (cursor.MoveNext())
        {
            readId(ref id);
            readNumber(ref number);
            var row = new ColumnRow(id, number, [], []);
            foreach ((string name, Func<(double[], bool)> read) in readers)
                (row.Values[name], row.IsDense[name]) = read();
            yield return row;
        }
    }

    private static Func<(double[] Values, bool IsDense)> Reader(DataViewRowCursor cursor, DataViewSchema.Column column) =>
        column.Type.RawType == typeof(float) ? Scalar<float>(cursor, column)
        : column.Type.RawType == typeof(double) ? Scalar<double>(cursor, column)
        : column.Type.RawType == typeof(VBuffer<float>) ? Vector<float>(cursor, column)
        : Vector<double>(cursor, column);

    private static Func<(double[], bool)> Scalar<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
        where T : System.Numerics.INumberBase<T>
    {
        ValueGetter<T> read = cursor.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            read(ref value);
            return ([double.CreateTruncating(value)], true);
        };
    }

    private static Func<(double[], bool)> Vector<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
        where T : System.Numerics.INumberBase<T>
    {
        ValueGetter<VBuffer<T>> read = cursor.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            read(ref value);
            return ([.. value.DenseValues().Select(double.CreateTruncating)], value.IsDense);
        };
    }
}
