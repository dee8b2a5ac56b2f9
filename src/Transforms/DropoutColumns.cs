using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>The columns that a cursor over a dropped-out view works on.</summary>
/// <param name="Dropped">The columns that are dropped out.</param>
/// <param name="MaskKey">The column whose value names the mask. Null if the row's ID does.</param>
/// <param name="HidesMaskKey">Whether the cursor reads the mask key although its caller did not ask for the column.</param>
internal readonly record struct DropoutColumns(
    DroppedColumn[] Dropped, DataViewSchema.Column? MaskKey, bool HidesMaskKey = false)
{
    /// <summary>Called when somebody asks for a getter of a dropped column.</summary>
    public Action? OnGetter { get; init; }

    /// <summary>The dropped column that a column is. Null if it passes through.</summary>
    public DroppedColumn? Find(DataViewSchema.Column column)
    {
        int index = Array.FindIndex(Dropped, dropped => dropped.Is(column));
        return index < 0 ? null : Dropped[index];
    }

    /// <summary>Whether a column must look inactive.</summary>
    public bool Hides(DataViewSchema.Column column) => HidesMaskKey && column.Index == MaskKey?.Index;
}
