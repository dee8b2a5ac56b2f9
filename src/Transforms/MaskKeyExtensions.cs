using Microsoft.ML.Data;
using MLNet.SpatialDropout;

namespace Microsoft.ML;

/// <summary>Makes mask keys of what ML.NET's cursors give.</summary>
/// <example>
/// <code>
/// getId(ref id);                           // the ID of the cursor's row
/// plan.Apply(id.ToMaskKey(), row, row);    // as a dropped-out view does
/// </code>
/// </example>
public static class MaskKeyExtensions
{
    /// <summary>The mask key that a view uses for the row with this ID, for its first copy.</summary>
    /// <param name="id">The ID that an <see cref="IDataView"/> gives the row.</param>
    /// <returns>The key.</returns>
    /// <example>
    /// <code>
    /// MaskKey secondCopy = id.ToMaskKey() with { Copy = 1 };
    /// </code>
    /// </example>
    public static MaskKey ToMaskKey(this DataViewRowId id) => new(id.Low, id.High);
}
