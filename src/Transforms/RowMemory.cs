using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>The value of one column in the current row of a cursor. It is read at most once per row.</summary>
internal sealed class RowMemory<TValue>
{
    private readonly DataViewRowCursor _cursor;
    private readonly ValueGetter<TValue> _read;
    private long _position = -1;
    private TValue _value = default!;

    public RowMemory(DataViewRowCursor cursor, ValueGetter<TValue> read) => (_cursor, _read) = (cursor, read);

    /// <summary>The value. The reference is valid until the cursor moves.</summary>
    public ref readonly TValue Current()
    {
        long position = _cursor.Position;
        if (position != _position)
        {
            _read(ref _value);
            _position = position;
        }

        return ref _value;
    }
}
