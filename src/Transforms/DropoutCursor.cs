using System.Diagnostics;
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>What the cursors of a dropped-out view share: one column is dropped out, the others are passed on.</summary>
internal abstract class DropoutCursor : DataViewRowCursor
{
    private readonly DropoutColumns _columns;
    private readonly DataViewRowCursor? _ahead;
    private object? _batch;

    /// <param name="input">The cursor of the source.</param>
    /// <param name="ahead">
    /// A second one over the same rows, for the backend: it alone has the dropped column. Null where there is no backend.
    /// </param>
    /// <param name="columns">The columns to work on.</param>
    /// <param name="plan">What to drop.</param>
    protected DropoutCursor(DataViewRowCursor input, DataViewRowCursor? ahead, DropoutColumns columns, DropoutPlan plan) =>
        (Input, _ahead, _columns, Plan) = (input, ahead, columns, plan);

    public sealed override DataViewSchema Schema => Input.Schema;

    public sealed override long Batch => Input.Batch;

    protected DataViewRowCursor Input { get; }

    protected DropoutPlan Plan { get; }

    public sealed override bool IsColumnActive(DataViewSchema.Column column) =>
        !_columns.Hides(column) && CursorOf(column).IsColumnActive(column);

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (_columns.Hides(column))
            Refuse.InactiveColumn(nameof(column), column.Name);

        // The input refuses other inactive columns and wrong types, as it would without this cursor.
        ValueGetter<TValue> read = CursorOf(column).GetGetter<TValue>(column);
        if (column.Index != _columns.Dropped.Index)
            return PassOn(read, column);

        return read switch
        {
            ValueGetter<VBuffer<float>> singles => (ValueGetter<TValue>)(object)Dropping(singles),
            ValueGetter<VBuffer<double>> doubles => (ValueGetter<TValue>)(object)Dropping(doubles),
            _ => throw new UnreachableException($"The source gave a {read.GetType()} for column '{column.Name}'."),
        };
    }

    /// <summary>A getter of the key of the mask of the row that the input stands on, for its first copy.</summary>
    protected ValueGetter<RowKey> GetMaskKeyGetter() => MaskKeyReader.Create(Input, _columns.MaskKey);

    protected abstract ValueGetter<VBuffer<T>> DropOut<T>(ValueGetter<VBuffer<T>> read)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    protected abstract ValueGetter<VBuffer<T>> DropOut<T>(BatchReader<T> batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    protected abstract ValueGetter<TValue> PassOn<TValue>(ValueGetter<TValue> read, DataViewSchema.Column column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Input.Dispose();
            _ahead?.Dispose();
        }

        base.Dispose(disposing);
    }

    private DataViewRowCursor CursorOf(DataViewSchema.Column column) =>
        _ahead is not null && column.Index == _columns.Dropped.Index ? _ahead : Input;

    // All getters of a cursor share its batches: there is one cursor ahead.
    private ValueGetter<VBuffer<T>> Dropping<T>(ValueGetter<VBuffer<T>> read)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (_ahead is null || Plan.Options.Backend is not { } backend)
            return DropOut(read);

        _batch ??= new BatchReader<T>(Input, _ahead, _columns, Plan, backend);
        return DropOut((BatchReader<T>)_batch);
    }
}
