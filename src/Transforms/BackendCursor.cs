using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>
/// A cursor around an ordinary one. A backend computes the dropped columns; all other columns are those of the ordinary cursor.
/// </summary>
internal sealed class BackendCursor : DropoutCursor
{
    private readonly DataViewRowCursor _ahead;
    private readonly SpatialDropoutOptions _options;

    // All getters of dropped columns share it, because there is one cursor ahead.
    private readonly BatchReader _batches;

    /// <param name="rows">The ordinary cursor, without the dropped columns. It may give a source row several times.</param>
    /// <param name="ahead">A second cursor over the source's rows, for the dropped columns and the mask key.</param>
    /// <param name="columns">The columns to work on: those dropped columns that were asked for.</param>
    /// <param name="options">How often a source row comes.</param>
    /// <param name="backend">What computes the dropped columns.</param>
    public BackendCursor(
        DataViewRowCursor rows, DataViewRowCursor ahead, DropoutColumns columns, SpatialDropoutOptions options,
        DropoutBackend backend)
        : base(rows, columns)
    {
        _ahead = ahead;
        _options = options;
        _batches = new BatchReader(ahead, columns, options, backend);
    }

    public override long Position => Input.Position;

    public override bool MoveNext() => Input.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        Columns.Find(column) is not null || base.IsColumnActive(column);

    protected override ValueGetter<VBuffer<T>> DropOut<T>(DroppedColumn column, RowDropout<T> rows)
    {
        var values = (BatchColumn<T>)_batches[column];
        ValueGetter<DataViewRowId> readId = Input.GetIdGetter();
        DataViewRowId id = default;
        long rowsPerInput = _options.RowsPerInput;
        int originals = _options.Originals;

        return (ref VBuffer<T> row) =>
        {
            if (Position < 0)
                ColumnThrowHelper.ThrowNoRow();
            (long sourceRow, long output) = Math.DivRem(Position, rowsPerInput);
            DataViewRowId idAhead = _batches.MoveTo(sourceRow);
            if (rowsPerInput > 1)
                idAhead = ExpandingCursor.IdOf(idAhead, output);
            readId(ref id);
            if (!id.Equals(idAhead))
                ColumnThrowHelper.ThrowOtherRow(Position, id, idAhead);

            if (output < originals)
                values.ReadOriginal(_batches.Row, ref row);
            else
                values.ReadCopy(_batches.Row, _batches.MoveToCopy((uint)(output - originals)), ref row);
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _ahead.Dispose();
        base.Dispose(disposing);
    }
}
