using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>A cursor over no rows. Its getters are never called.</summary>
internal sealed class EmptyCursor : DataViewRowCursor
{
    private readonly HashSet<int> _active;

    public EmptyCursor(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        Schema = schema;
        _active = [.. columns.Select(column => column.Index)];
    }

    public override DataViewSchema Schema { get; }

    public override long Position => -1;

    public override long Batch => 0;

    public override bool MoveNext() => false;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId _) => ColumnThrowHelper.ThrowNoRow();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        (ref TValue _) => ColumnThrowHelper.ThrowNoRow();
}
