using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>Reads what names the mask of a cursor's rows: the row's ID, or the value of the mask key column.</summary>
internal static class MaskKeyReader
{
    /// <summary>Whether a column of this type can name masks.</summary>
    public static bool IsSupported(DataViewType type) =>
        type is TextDataViewType or BooleanDataViewType or KeyDataViewType
        || (type is NumberDataViewType && type != NumberDataViewType.Single && type != NumberDataViewType.Double);

    /// <summary>A getter of the key of the row that the cursor stands on, for its first copy.</summary>
    /// <param name="cursor">The cursor to read.</param>
    /// <param name="column">The mask key column, active in the cursor; null for the row's ID.</param>
    public static ValueGetter<RowKey> Create(DataViewRowCursor cursor, DataViewSchema.Column? column)
    {
        if (column is not { } keys)
            return ReadingId(cursor.GetIdGetter());

        // Keys and booleans are numbers, too: a key counts from 1, with 0 for a missing value.
        Type type = keys.Type.RawType;
        return type == typeof(ReadOnlyMemory<char>)
            ? Reading<ReadOnlyMemory<char>>(cursor, keys, text => RowKey.FromText(text.Span))
            : type == typeof(bool) ? Reading<bool>(cursor, keys, value => RowKey.FromInteger(value ? 1 : 0))
            : type == typeof(sbyte) ? Reading<sbyte>(cursor, keys, value => RowKey.FromInteger(value))
            : type == typeof(short) ? Reading<short>(cursor, keys, value => RowKey.FromInteger(value))
            : type == typeof(int) ? Reading<int>(cursor, keys, value => RowKey.FromInteger(value))
            : type == typeof(long) ? Reading<long>(cursor, keys, value => RowKey.FromInteger(value))
            : type == typeof(byte) ? Reading<byte>(cursor, keys, value => RowKey.FromInteger(value))
            : type == typeof(ushort) ? Reading<ushort>(cursor, keys, value => RowKey.FromInteger(value))
            : type == typeof(uint) ? Reading<uint>(cursor, keys, value => RowKey.FromInteger(value))
            : Reading<ulong>(cursor, keys, value => RowKey.FromInteger(unchecked((long)value)));
    }

    // Field by field and without a delegate between, as this is what every row of a pipeline goes through.
    private static ValueGetter<RowKey> ReadingId(ValueGetter<DataViewRowId> read)
    {
        DataViewRowId id = default;
        return (ref RowKey key) =>
        {
            read(ref id);
            key = new RowKey(id.Low, id.High);
        };
    }

    private static ValueGetter<RowKey> Reading<TValue>(
        DataViewRowCursor cursor, DataViewSchema.Column column, Func<TValue, RowKey> toKey) =>
        Reading(cursor.GetGetter<TValue>(column), toKey);

    private static ValueGetter<RowKey> Reading<TValue>(ValueGetter<TValue> read, Func<TValue, RowKey> toKey)
    {
        TValue value = default!;
        return (ref RowKey key) =>
        {
            read(ref value);
            key = toKey(value);
        };
    }
}
