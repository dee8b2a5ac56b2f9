using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>What becomes of an element, given its mask: one formula at every vector width.</summary>
/// <remarks>A mask is an element of all ones (keep) or all zeros (drop); the result is selected by it, bit by bit.</remarks>
internal interface IKeepOperator<T>
{
    T Invoke(T value, T keep);

    Vector128<T> Invoke(Vector128<T> value, Vector128<T> keep);

    Vector256<T> Invoke(Vector256<T> value, Vector256<T> keep);

    Vector512<T> Invoke(Vector512<T> value, Vector512<T> keep);
}
