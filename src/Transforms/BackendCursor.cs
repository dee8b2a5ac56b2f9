using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>
/// A cursor around an ordinary one. A backend computes the dropped column; all other columns are those of the ordinary cursor.
/// </summary>
internal sealed class BackendCursor : DropoutCursor
{
    private readonly DataViewRowCursor _ahead;
    private readonly SpatialDropoutOptions _options;
    private readonly DropoutPlan _plan;
    private readonly DropoutBackend _backend;

    // All getters of the dropped column share it, because there is one cursor ahead.
    private object? _batches;

    /// <param name="rows">The ordinary cursor, without the dropped column. It may give a source row several times.</param>
    /// <param name="ahead">A second cursor over the source's rows, for the dropped column and the mask key.</param>
    /// <param name="columns">The columns to work on.</param>
    /// <param name="options">How often a source row comes.</param>
    /// <param name="plan">What to drop.</param>
    /// <param name="backend">What computes it.</param>
    public BackendCursor(
        DataViewRowCursor rows, DataViewRowCursor ahead, DropoutColumns columns, SpatialDropoutOptions options, DropoutPlan plan,
        DropoutBackend backend)
        : base(rows, columns)
    {
        _ahead = ahead;
        _options = options;
        _plan = plan;
        _backend = backend;
    }

    public override long Position => Input.Position;

    public override bool MoveNext() => Input.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        column.Index == Dropped.Index || base.IsColumnActive(column);

    protected override ValueGetter<VBuffer<float>> DropSingles() => Read<float>(_backend.Apply);

    protected override ValueGetter<VBuffer<double>> DropDoubles() => Read<double>(_backend.Apply);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _ahead.Dispose();
        base.Dispose(disposing);
    }

    private ValueGetter<VBuffer<T>> Read<T>(BackendApply<T> apply)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        _batches ??= new BatchReader<T>(_ahead, Columns, _options, _plan, _backend, apply);
        var batches = (BatchReader<T>)_batches;
        ValueGetter<DataViewRowId> readId = Input.GetIdGetter();
        DataViewRowId id = default;
        long rowsPerInput = _options.RowsPerInput;
        int originals = _options.Originals;

        return (ref VBuffer<T> row) =>
        {
            if (Position < 0)
                ColumnThrowHelper.ThrowNoRow();
            (long sourceRow, long output) = Math.DivRem(Position, rowsPerInput);
            DataViewRowId idAhead = batches.MoveTo(sourceRow);
            if (rowsPerInput > 1)
                idAhead = ExpandingCursor.IdOf(idAhead, output);
            readId(ref id);
            if (!id.Equals(idAhead))
                ColumnThrowHelper.ThrowOtherRow(Position, id, idAhead);

            if (output < originals)
                batches.ReadOriginal(ref row);
            else
                batches.ReadCopy((uint)(output - originals), ref row);
        };
    }
}
