using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>What becomes of an element, given its mask: one formula at every vector width.</summary>
/// <remarks>
/// A mask is an element of all ones (keep) or all zeros (drop); the result is selected by it, bit by bit. The index is that of
/// the first element in the tile, for what differs from coin to coin.
/// </remarks>
internal interface IKeepOperator<T>
{
    T Invoke(T value, T keep, int index);

    Vector128<T> Invoke(Vector128<T> value, Vector128<T> keep, int index);

    Vector256<T> Invoke(Vector256<T> value, Vector256<T> keep, int index);

    Vector512<T> Invoke(Vector512<T> value, Vector512<T> keep, int index);
}
