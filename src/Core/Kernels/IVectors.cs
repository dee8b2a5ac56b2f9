namespace MLNet.SpatialDropout;

/// <summary>What kernels ask of a vector of elements: each kernel is written once, and compiled for every width.</summary>
/// <remarks>A mask is a vector whose elements have all bits set (keep) or none (drop).</remarks>
internal interface IVectors<T, TVector>
    where T : unmanaged
{
    /// <summary>The number of elements of a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Create(T value);

    static abstract TVector Load(ref readonly T source, nuint index);

    static abstract void Store(TVector vector, ref T destination, nuint index);

    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>A mask: set where the elements are equal numbers.</summary>
    static abstract TVector AreEqual(TVector left, TVector right);

    /// <summary>Bit by bit, so that no NaN changes on its way.</summary>
    static abstract TVector Select(TVector mask, TVector ifSet, TVector ifClear);

    /// <summary>The 32-bit lanes of a vector in another order, with repetitions.</summary>
    /// <param name="vector">The lanes to choose from.</param>
    /// <param name="laneOfLane">Which of them each lane of the result is, from <paramref name="index"/> on.</param>
    /// <param name="index">An index into <paramref name="laneOfLane"/>, in elements of the result.</param>
    static abstract TVector Shuffle(TVector vector, ref readonly uint laneOfLane, nuint index);
}
