using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>The columns that a cursor over a dropped-out view works on.</summary>
/// <param name="Dropped">The column that is dropped out.</param>
/// <param name="MaskKey">The column whose value names the mask; null where the row's ID does.</param>
/// <param name="HidesMaskKey">Whether the mask key is read although nobody asked for it: inactive to the outside.</param>
internal readonly record struct DropoutColumns(
    DataViewSchema.Column Dropped, DataViewSchema.Column? MaskKey, bool HidesMaskKey = false)
{
    public bool Hides(DataViewSchema.Column column) => HidesMaskKey && column.Index == MaskKey?.Index;
}
