using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>A column that is dropped out.</summary>
/// <param name="Column">The column of the source.</param>
/// <param name="Plan">What happens to its rows.</param>
internal readonly record struct DroppedColumn(DataViewSchema.Column Column, DropoutPlan Plan)
{
    /// <summary>Whether a column is this one.</summary>
    public bool Is(DataViewSchema.Column column) => column.Index == Column.Index;
}
