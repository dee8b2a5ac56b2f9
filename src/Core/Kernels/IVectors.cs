using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>A vector of elements. A kernel is written once for this interface and compiled for every width.</summary>
/// <remarks>A mask is a vector whose elements have all bits set (keep) or no bit set (drop).</remarks>
internal interface IVectors<T, TVector>
    where T : unmanaged
{
    /// <summary>The number of elements of a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Create(T value);

    /// <summary>The first elements of the widest vector.</summary>
    static abstract TVector Lower(Vector512<T> vector);

    static abstract TVector Load(ref readonly T source, nuint index);

    static abstract void Store(TVector vector, ref T destination, nuint index);

    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>A mask that is set for equal numbers.</summary>
    static abstract TVector AreEqual(TVector left, TVector right);

    /// <summary>Selects bits, so that the bits of a NaN do not change.</summary>
    static abstract TVector Select(TVector mask, TVector ifSet, TVector ifClear);

    /// <summary>Rearranges the 32-bit lanes of a vector. A lane may come several times.</summary>
    /// <param name="vector">The lanes.</param>
    /// <param name="laneOfLane">The source lane of each lane of the result, from <paramref name="index"/> on.</param>
    /// <param name="index">An index into <paramref name="laneOfLane"/>, in elements of the result.</param>
    static abstract TVector Shuffle(TVector vector, ref readonly uint laneOfLane, nuint index);
}
