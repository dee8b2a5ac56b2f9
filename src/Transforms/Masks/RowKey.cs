using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>What names a row's mask: the row, and which of its copies.</summary>
/// <param name="Low">The low half of the row's key.</param>
/// <param name="High">The high half of the row's key. Default: 0.</param>
/// <param name="Copy">The dropped-out copy of the row, counted from 0. Default: 0.</param>
/// <remarks>In a pipeline the key is the row's <see cref="DataViewRowId"/>.</remarks>
/// <example>
/// <code>
/// plan.Apply(new RowKey(42), source, destination);           // row 42
/// plan.Apply(new RowKey(42, Copy: 1), source, destination);  // its second copy
/// </code>
/// </example>
public readonly record struct RowKey(ulong Low, ulong High = 0, uint Copy = 0)
{
    /// <summary>The key of the first copy of a row.</summary>
    /// <param name="id">The ID that an <see cref="Microsoft.ML.IDataView"/> gives the row.</param>
    public static implicit operator RowKey(DataViewRowId id) => FromRowId(id);

    /// <summary>The key of one copy of a row.</summary>
    /// <param name="id">The ID that an <see cref="Microsoft.ML.IDataView"/> gives the row.</param>
    /// <param name="copy">The dropped-out copy, counted from 0.</param>
    public static RowKey FromRowId(DataViewRowId id, uint copy = 0) => new(id.Low, id.High, copy);
}
