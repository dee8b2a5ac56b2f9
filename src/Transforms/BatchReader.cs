using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>
/// Reads the dropped columns ahead and has a backend drop out many rows at once. Not thread-safe, as a cursor is not.
/// </summary>
internal sealed class BatchReader
{
    // Limits a batch of long rows to 64 MB of floats.
    private const int MostElements = 1 << 24;

    private readonly DataViewRowCursor _ahead;
    private readonly BatchColumn[] _columns;
    private readonly ValueGetter<MaskKey> _readKey;
    private readonly ValueGetter<DataViewRowId> _readId;

    // The source rows that were read ahead: _count of them, from _first on; and the one that is being asked for.
    private readonly MaskKey[] _rowKeys;
    private readonly DataViewRowId[] _ids;
    private long _first;
    private int _count;
    private int _current;

    // True while a batch is being made. If that fails, the rows read so far are lost.
    private bool _isIncomplete;

    // The mask keys of the dropped-out copies, row after row. Each row has _copies of them, from _firstCopy on.
    private readonly MaskKey[] _keys;
    private readonly int _copies;
    private uint _firstCopy;

    /// <param name="ahead">A cursor over the source, for the dropped columns and the mask key.</param>
    /// <param name="columns">Those columns. At least one is dropped.</param>
    /// <param name="options">How many copies there are of a row, and the backend.</param>
    /// <param name="backend">Drops out the rows, and says how many make a batch.</param>
    public BatchReader(
        DataViewRowCursor ahead, DropoutColumns columns, SpatialDropoutOptions options, DropoutBackend backend)
    {
        _ahead = ahead;
        _readKey = MaskKeyReader.Create(ahead, columns.MaskKey);
        _readId = ahead.GetIdGetter();

        long elements = columns.Dropped.Sum(column => (long)column.Plan.Length);
        int capacity = (int)Math.Clamp(MostElements / elements, 1, Math.Max(1, backend.BatchSize));
        _copies = Math.Min(options.Copies, capacity);
        _rowKeys = new MaskKey[capacity / _copies];
        _ids = new DataViewRowId[_rowKeys.Length];
        _keys = new MaskKey[_rowKeys.Length * _copies];
        _columns = Array.ConvertAll(
            columns.Dropped, column => BatchColumn.Create(ahead, column, backend, _rowKeys.Length, _copies));
    }

    /// <summary>The values of a dropped column.</summary>
    public BatchColumn this[DroppedColumn column] => Array.Find(_columns, other => other.Column == column)!;

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

    /// <summary>The number of the row in the batch.</summary>
    public int Row => _current;

    /// <summary>Has a copy of the rows dropped out, if it is not yet.</summary>
    /// <returns>The number of the copy among those that are in memory.</returns>
    public int MoveToCopy(uint copy)
    {
        if (copy < _firstCopy || copy >= _firstCopy + (uint)_copies)
            Drop(copy);
        return (int)(copy - _firstCopy);
    }

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
        for (int i = 0; i < _rowKeys.Length && (i == 0 || _ahead.MoveNext()); i++)
        {
            foreach (BatchColumn column in _columns)
                column.ReadAhead(i);
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
        Span<MaskKey> keys = _keys.AsSpan(0, _count * _copies);
        for (int i = 0; i < keys.Length; i++)
            keys[i] = _rowKeys[i / _copies] with { Copy = firstCopy + (uint)(i % _copies) };
        foreach (BatchColumn column in _columns)
            column.Drop(keys);
        _isIncomplete = false;
    }
}
