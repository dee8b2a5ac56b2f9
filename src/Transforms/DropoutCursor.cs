using System.Diagnostics;
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>What the cursors of a dropped-out view share: one column is dropped out, the others are passed on.</summary>
internal abstract class DropoutCursor : DataViewRowCursor
{
    private readonly DropoutColumns _columns;

    protected DropoutCursor(DataViewRowCursor input, DropoutColumns columns, DropoutPlan plan) =>
        (Input, _columns, Plan) = (input, columns, plan);

    public sealed override DataViewSchema Schema => Input.Schema;

    public sealed override long Batch => Input.Batch;

    protected DataViewRowCursor Input { get; }

    protected DropoutPlan Plan { get; }

    public sealed override bool IsColumnActive(DataViewSchema.Column column) =>
        !_columns.Hides(column) && Input.IsColumnActive(column);

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (_columns.Hides(column))
            Refuse.InactiveColumn(nameof(column), column.Name);

        // The input refuses other inactive columns and wrong types, as it would without this cursor.
        ValueGetter<TValue> read = Input.GetGetter<TValue>(column);
        if (column.Index != _columns.Dropped.Index)
            return PassOn(read, column);

        return read switch
        {
            ValueGetter<VBuffer<float>> singles => (ValueGetter<TValue>)(object)DropOut(singles),
            ValueGetter<VBuffer<double>> doubles => (ValueGetter<TValue>)(object)DropOut(doubles),
            _ => throw new UnreachableException($"The source gave a {read.GetType()} for column '{column.Name}'."),
        };
    }

    /// <summary>A getter of the key of the mask of the row that the input stands on, for its first copy.</summary>
    protected ValueGetter<RowKey> GetMaskKeyGetter() => MaskKeyReader.Create(Input, _columns.MaskKey);

    protected abstract ValueGetter<VBuffer<T>> DropOut<T>(ValueGetter<VBuffer<T>> read)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    protected abstract ValueGetter<TValue> PassOn<TValue>(ValueGetter<TValue> read, DataViewSchema.Column column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Input.Dispose();
        base.Dispose(disposing);
    }
}
