using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>
/// What the cursors of a dropped-out view have in common: some columns are dropped out, the others pass through. The cursor checks
/// active columns, types and its position itself, because sources differ in what they throw.
/// </summary>
internal abstract class DropoutCursor : DataViewRowCursor
{
    /// <param name="input">The cursor to read.</param>
    /// <param name="columns">The columns to work on.</param>
    protected DropoutCursor(DataViewRowCursor input, DropoutColumns columns) => (Input, Columns) = (input, columns);

    public sealed override DataViewSchema Schema => Input.Schema;

    public sealed override long Batch => Input.Batch;

    protected DataViewRowCursor Input { get; }

    protected DropoutColumns Columns { get; }

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        column.Index < Schema.Count && !Columns.Hides(column) && Input.IsColumnActive(column);

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            ColumnThrowHelper.ThrowInactive(nameof(column), column.Name);
        Type type = Schema[column.Index].Type.RawType;
        if (typeof(TValue) != type)
            ColumnThrowHelper.ThrowGetterType(column.Name, type, typeof(TValue));

        if (Columns.Find(column) is not { } dropped)
            return OnRow(PassOn(Input.GetGetter<TValue>(column), column));
        Columns.OnGetter?.Invoke();
        return (ValueGetter<TValue>)(
            type == typeof(VBuffer<float>) ? (Delegate)DropOut(dropped, dropped.Plan.Singles)
            : type == typeof(VBuffer<double>) ? DropOut(dropped, dropped.Plan.Doubles)
            : type == typeof(float) ? DropOutScalar(dropped, dropped.Plan.Singles)
            : DropOutScalar(dropped, dropped.Plan.Doubles));
    }

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => OnRow(ReadId());

    /// <summary>A getter of a dropped-out column. It checks the position itself. A scalar is a vector of one element.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">Its plan's work on rows of this element type.</param>
    protected abstract ValueGetter<VBuffer<T>> DropOut<T>(DroppedColumn column, RowDropout<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>A getter of a dropped-out column of scalars.</summary>
    /// <inheritdoc cref="DropOut{T}"/>
    protected virtual ValueGetter<T> DropOutScalar<T>(DroppedColumn column, RowDropout<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        RowReader.ToScalar(DropOut(column, rows));

    /// <summary>A getter of another column.</summary>
    protected virtual ValueGetter<TValue> PassOn<TValue>(ValueGetter<TValue> read, DataViewSchema.Column column) => read;

    /// <summary>A getter of the row's ID.</summary>
    protected virtual ValueGetter<DataViewRowId> ReadId() => Input.GetIdGetter();

    /// <summary>A getter of the key of the mask of the input's row, for its first copy.</summary>
    protected ValueGetter<MaskKey> ReadMaskKey() => MaskKeyReader.Create(Input, Columns.MaskKey);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Input.Dispose();
        base.Dispose(disposing);
    }

    private ValueGetter<TValue> OnRow<TValue>(ValueGetter<TValue> read) => (ref TValue value) =>
    {
        if (Position < 0)
            ColumnThrowHelper.ThrowNoRow();
        read(ref value);
    };
}
