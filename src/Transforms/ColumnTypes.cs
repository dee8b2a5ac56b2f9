using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>What vectors and scalars have in common: a scalar is a vector of one element.</summary>
internal static class ColumnTypes
{
    /// <summary>The type of the items of a vector, or the type of a scalar.</summary>
    public static DataViewType GetItemType(this DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    /// <summary>The number of elements: 1 for a scalar, 0 for a vector of unknown size.</summary>
    public static int GetValueCount(this DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;
}
