using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>The value of one column in the current row of a cursor, read at most once per row.</summary>
internal sealed class RowMemory<TValue>
{
    private readonly DataViewRowCursor _cursor;
    private readonly ValueGetter<TValue> _read;
    private long _position = -1;
    private TValue _value = default!;

    public RowMemory(DataViewRowCursor cursor, ValueGetter<TValue> read) => (_cursor, _read) = (cursor, read);

    /// <summary>The value; it stays the memory's, and is gone with the next row.</summary>
    public ref readonly TValue Current()
    {
        // Where the cursor stands on no row, the getter itself says so.
        long position = _cursor.Position;
        if (position != _position || position < 0)
        {
            _read(ref _value);
            _position = position;
        }

        return ref _value;
    }
}
