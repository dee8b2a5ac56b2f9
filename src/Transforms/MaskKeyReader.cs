using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>Reads what names the mask of a row: the row's ID, or the value of the mask key column.</summary>
internal static class MaskKeyReader
{
    /// <summary>Whether a column of this type can be a mask key.</summary>
    public static bool IsSupported(DataViewType type) =>
        type is TextDataViewType or BooleanDataViewType or KeyDataViewType
        || (type is NumberDataViewType && type != NumberDataViewType.Single && type != NumberDataViewType.Double);

    /// <summary>Makes a getter of the mask key of the cursor's row, for its first copy.</summary>
    /// <param name="cursor">The cursor to read.</param>
    /// <param name="column">The mask key column, active in the cursor. Null for the row's ID.</param>
    public static ValueGetter<MaskKey> Create(DataViewRowCursor cursor, DataViewSchema.Column? column)
    {
        if (column is not { } keys)
            return ReadingId(cursor.GetIdGetter());

        // Keys and booleans count as integers. A key counts from 1, and 0 is a missing value.
        Type type = keys.Type.RawType;
        return type == typeof(ReadOnlyMemory<char>)
            ? Reading<ReadOnlyMemory<char>>(cursor, keys, text => MaskKey.FromText(text.Span))
            : type == typeof(bool) ? Reading<bool>(cursor, keys, value => MaskKey.FromInteger(value ? 1 : 0))
            : type == typeof(sbyte) ? Reading<sbyte>(cursor, keys, value => MaskKey.FromInteger(value))
            : type == typeof(short) ? Reading<short>(cursor, keys, value => MaskKey.FromInteger(value))
            : type == typeof(int) ? Reading<int>(cursor, keys, value => MaskKey.FromInteger(value))
            : type == typeof(long) ? Reading<long>(cursor, keys, value => MaskKey.FromInteger(value))
            : type == typeof(byte) ? Reading<byte>(cursor, keys, value => MaskKey.FromInteger(value))
            : type == typeof(ushort) ? Reading<ushort>(cursor, keys, value => MaskKey.FromInteger(value))
            : type == typeof(uint) ? Reading<uint>(cursor, keys, value => MaskKey.FromInteger(value))
            : Reading<ulong>(cursor, keys, value => MaskKey.FromInteger(unchecked((long)value)));
    }

    // Written without a conversion delegate because most rows of most pipelines come through here.
    private static ValueGetter<MaskKey> ReadingId(ValueGetter<DataViewRowId> read)
    {
        DataViewRowId id = default;
        return (ref MaskKey key) =>
        {
            read(ref id);
            key = new MaskKey(id.Low, id.High);
        };
    }

    private static ValueGetter<MaskKey> Reading<TValue>(
        DataViewRowCursor cursor, DataViewSchema.Column column, Func<TValue, MaskKey> toKey) =>
        Reading(cursor.GetGetter<TValue>(column), toKey);

    private static ValueGetter<MaskKey> Reading<TValue>(ValueGetter<TValue> read, Func<TValue, MaskKey> toKey)
    {
        TValue value = default!;
        return (ref MaskKey key) =>
        {
            read(ref value);
            key = toKey(value);
        };
    }
}
