using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A column of a <see cref="ColumnsView"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">The length of its vectors. Null for a scalar.</param>
/// <param name="IsDouble">Whether its elements are of <see cref="double"/> and not of <see cref="float"/>.</param>
internal sealed record ViewColumn(string Name, int? Size, bool IsDouble)
{
    /// <summary>The number of elements of a row.</summary>
    public int Length => Size ?? 1;

    /// <summary>The type of the column.</summary>
    public DataViewType Type
    {
        get
        {
            NumberDataViewType item = IsDouble ? NumberDataViewType.Double : NumberDataViewType.Single;
            return Size is { } size ? new VectorDataViewType(item, size) : item;
        }
    }
}
