using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>
/// Reads the dropped column ahead and has a backend drop out many rows at once. Not thread-safe, as a cursor is not.
/// </summary>
internal sealed class BatchReader<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Limits a batch of long rows to 64 MB of floats.
    private const int MostElements = 1 << 24;

    private readonly DataViewRowCursor _ahead;
    private readonly string _column;
    private readonly DropoutPlan _plan;
    private readonly BackendApply<T> _apply;
    private readonly ValueGetter<VBuffer<T>> _readRow;
    private readonly ValueGetter<MaskKey> _readKey;
    private readonly ValueGetter<DataViewRowId> _readId;

    // The source rows that were read ahead: _count of them, from _first on; and the one that is being asked for.
    private readonly VBuffer<T>[] _rows;
    private readonly MaskKey[] _rowKeys;
    private readonly DataViewRowId[] _ids;
    private long _first;
    private int _count;
    private int _current;
    private VBuffer<T> _read;

    // True while a batch is being made. If that fails, the rows read so far are lost.
    private bool _isIncomplete;

    // The dropped-out copies, row after row. Each row has _copies of them, from _firstCopy on.
    private readonly MaskKey[] _keys;
    private readonly T[] _values;
    private readonly int _copies;
    private uint _firstCopy;

    /// <param name="ahead">A cursor over the source, for the dropped column and the mask key.</param>
    /// <param name="columns">Those columns.</param>
    /// <param name="options">How many copies there are of a row.</param>
    /// <param name="plan">What to drop.</param>
    /// <param name="backend">Says how many rows make a batch.</param>
    /// <param name="apply">The backend's method for this element type.</param>
    public BatchReader(
        DataViewRowCursor ahead, DropoutColumns columns, SpatialDropoutOptions options, DropoutPlan plan, DropoutBackend backend,
        BackendApply<T> apply)
    {
        _ahead = ahead;
        _column = columns.Dropped.Name;
        _plan = plan;
        _apply = apply;
        _readRow = ahead.GetGetter<VBuffer<T>>(columns.Dropped);
        _readKey = MaskKeyReader.Create(ahead, columns.MaskKey);
        _readId = ahead.GetIdGetter();

        int capacity = Math.Clamp(MostElements / plan.Length, 1, Math.Max(1, backend.BatchSize));
        _copies = Math.Min(options.Copies, capacity);
        _rows = new VBuffer<T>[capacity / _copies];
        _rowKeys = new MaskKey[_rows.Length];
        _ids = new DataViewRowId[_rows.Length];
        _keys = new MaskKey[_rows.Length * _copies];
        _values = new T[_keys.Length * plan.Length];
    }

    /// <summary>Moves to a row of the source, and reads another batch if it is beyond this one.</summary>
    /// <param name="row">The row's position in the source: never less than the last time.</param>
    /// <returns>The row's ID.</returns>
    public DataViewRowId MoveTo(long row)
    {
        if (_isIncomplete)
            ColumnThrowHelper.ThrowFailedBatch();
        if (row >= _first + _count)
            ReadAhead(row);
        _current = (int)(row - _first);
        return _ids[_current];
    }

    /// <summary>Reads a dropped-out copy of the row.</summary>
    public void ReadCopy(uint copy, ref VBuffer<T> row)
    {
        if (copy < _firstCopy || copy >= _firstCopy + (uint)_copies)
            Drop(copy);

        int first = ((_current * _copies) + (int)(copy - _firstCopy)) * _plan.Length;
        ReadOnlySpan<T> values = _values.AsSpan(first, _plan.Length);
        ref readonly VBuffer<T> original = ref _rows[_current];
        if (original.IsDense || _plan.Options.Fill != DropoutFill.Zero)
        {
            VBufferEditor<T> editor = VBufferEditor.Create(ref row, values.Length);
            values.CopyTo(editor.Values);
            row = editor.Commit();
            return;
        }

        // A zero fill leaves a sparse row sparse.
        original.CopyTo(ref row);
        VBufferEditor<T> sparse = VBufferEditor.CreateFromBuffer(ref row);
        for (int i = 0; i < sparse.Indices.Length; i++)
            sparse.Values[i] = values[sparse.Indices[i]];
    }

    /// <summary>Reads the row unchanged.</summary>
    public void ReadOriginal(ref VBuffer<T> row) => _rows[_current].CopyTo(ref row);

    private void ReadAhead(long row)
    {
        _isIncomplete = true;
        _count = 0;
        while (_ahead.Position < row)
        {
            if (!_ahead.MoveNext())
                ColumnThrowHelper.ThrowFewerRows(row);
        }

        _first = row;
        for (int i = 0; i < _rows.Length && (i == 0 || _ahead.MoveNext()); i++)
        {
            // Copied because a source may hand out the same array for every row.
            _readRow(ref _read);
            ColumnRules.CheckRow(_column, _read.Length, _plan.Length);
            _read.CopyTo(ref _rows[i]);
            _readKey(ref _rowKeys[i]);
            _readId(ref _ids[i]);
            _count = i + 1;
        }

        Drop(firstCopy: 0);
    }

    private void Drop(uint firstCopy)
    {
        _isIncomplete = true;
        _firstCopy = firstCopy;
        for (int i = 0; i < _count * _copies; i++)
        {
            int row = i / _copies;
            _keys[i] = _rowKeys[row] with { Copy = firstCopy + (uint)(i % _copies) };
            _rows[row].CopyTo(_values.AsSpan(i * _plan.Length, _plan.Length));
        }

        ReadOnlySpan<MaskKey> keys = _keys.AsSpan(0, _count * _copies);
        Span<T> values = _values.AsSpan(0, keys.Length * _plan.Length);
        _apply(_plan, keys, values, values);
        _isIncomplete = false;
    }
}
