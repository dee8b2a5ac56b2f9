using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>
/// Reads the dropped column ahead of the cursor that asks for it, with a cursor of its own, and has a backend drop many rows
/// at once. Not thread-safe, as a cursor is not.
/// </summary>
internal sealed class BatchReader<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A batch of long rows has fewer of them, so that it takes no more than 64 MB of floats.
    private const int MostElements = 1 << 24;

    private readonly DataViewRowCursor _cursor;
    private readonly DataViewRowCursor _ahead;
    private readonly DropoutPlan _plan;
    private readonly DropoutBackend _backend;
    private readonly ValueGetter<VBuffer<T>> _readRow;
    private readonly ValueGetter<RowKey> _readKey;
    private readonly ValueGetter<DataViewRowId> _readId;
    private readonly ValueGetter<DataViewRowId> _readIdAhead;

    // The rows of the source that were read ahead: _count of them, from position _first on.
    private readonly VBuffer<T>[] _rows;
    private readonly RowKey[] _rowKeys;
    private readonly DataViewRowId[] _ids;
    private long _first;
    private int _count;
    private VBuffer<T> _read;

    // Set while a batch is made: what failed half way is not to be read, and its rows are gone.
    private bool _isHalfMade;

    // Their copies, dropped out: row after row, each with as many copies from _firstCopy on.
    private readonly RowKey[] _keys;
    private readonly T[] _values;
    private uint _firstCopy;
    private readonly int _copies;

    /// <param name="cursor">The cursor that asks; the row it stands on is the one that is read.</param>
    /// <param name="ahead">A second cursor over the same rows, with the columns to drop and of the mask key active.</param>
    /// <param name="columns">Those columns.</param>
    /// <param name="plan">What to drop; its options have the backend.</param>
    /// <param name="backend">The backend.</param>
    public BatchReader(
        DataViewRowCursor cursor, DataViewRowCursor ahead, DropoutColumns columns, DropoutPlan plan, DropoutBackend backend)
    {
        _cursor = cursor;
        _ahead = ahead;
        _plan = plan;
        _backend = backend;
        _readRow = ahead.GetGetter<VBuffer<T>>(columns.Dropped);
        _readKey = MaskKeyReader.Create(ahead, columns.MaskKey);
        _readId = cursor.GetIdGetter();
        _readIdAhead = ahead.GetIdGetter();

        int capacity = Math.Clamp(MostElements / plan.Length, 1, Math.Max(1, backend.BatchRows));
        _copies = Math.Min(plan.Options.Copies, capacity);
        _rows = new VBuffer<T>[capacity / _copies];
        _rowKeys = new RowKey[_rows.Length];
        _ids = new DataViewRowId[_rows.Length];
        _keys = new RowKey[_rows.Length * _copies];
        _values = new T[_keys.Length * plan.Length];
    }

    /// <summary>Reads a dropped-out copy of the row that the cursor stands on.</summary>
    public void Read(uint copy, ref VBuffer<T> row)
    {
        int index = FindRow();
        if (copy < _firstCopy || copy >= _firstCopy + (uint)_copies)
            Drop(copy);

        int first = ((index * _copies) + (int)(copy - _firstCopy)) * _plan.Length;
        ReadOnlySpan<T> values = _values.AsSpan(first, _plan.Length);
        ref readonly VBuffer<T> original = ref _rows[index];
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

    /// <summary>Reads the row that the cursor stands on as it is.</summary>
    public void ReadOriginal(ref VBuffer<T> row) => _rows[FindRow()].CopyTo(ref row);

    // Where the row that the cursor stands on lies in the batch; another batch is read if it has left this one.
    private int FindRow()
    {
        long position = _cursor.Position;
        if (position < 0)
            Refuse.NoRow();
        if (_isHalfMade)
            Refuse.FailedBatch();
        if (position < _first || position >= _first + _count)
            ReadAhead(position);

        DataViewRowId id = default;
        _readId(ref id);
        var index = (int)(position - _first);
        if (!id.Equals(_ids[index]))
            Refuse.OtherRow(position, id, _ids[index]);
        return index;
    }

    private void ReadAhead(long position)
    {
        _isHalfMade = true;
        _count = 0;
        while (_ahead.Position < position)
        {
            if (!_ahead.MoveNext())
                Refuse.FewerRows(position);
        }

        _first = position;
        for (int i = 0; i < _rows.Length && (i == 0 || _ahead.MoveNext()); i++)
        {
            // Copied, as a source may hand out the same array for every row.
            _readRow(ref _read);
            ColumnRules.CheckRow(_plan.Options, _read.Length, _plan.Length);
            _read.CopyTo(ref _rows[i]);
            _readKey(ref _rowKeys[i]);
            _readIdAhead(ref _ids[i]);
            _count = i + 1;
        }

        Drop(firstCopy: 0);
    }

    private void Drop(uint firstCopy)
    {
        _isHalfMade = true;
        _firstCopy = firstCopy;
        for (int i = 0; i < _count * _copies; i++)
        {
            int row = i / _copies;
            _keys[i] = _rowKeys[row] with { Copy = firstCopy + (uint)(i % _copies) };
            _rows[row].CopyTo(_values.AsSpan(i * _plan.Length, _plan.Length));
        }

        ReadOnlySpan<RowKey> keys = _keys.AsSpan(0, _count * _copies);
        Span<T> values = _values.AsSpan(0, keys.Length * _plan.Length);
        if (typeof(T) == typeof(float))
            _backend.Apply(_plan, keys, MemoryMarshal.Cast<T, float>(values), MemoryMarshal.Cast<T, float>(values));
        else
            _backend.Apply(_plan, keys, MemoryMarshal.Cast<T, double>(values), MemoryMarshal.Cast<T, double>(values));
        _isHalfMade = false;
    }
}
