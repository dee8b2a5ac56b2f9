namespace MLNet.SpatialDropout;

/// <summary>
/// What Philox asks of a vector of 64-bit lanes, a block in each: the generator is written once, and compiled for every width.
/// </summary>
internal interface IPhiloxLanes<TLanes>
    where TLanes : struct
{
    /// <summary>The number of lanes, and of the blocks that are computed at once.</summary>
    static abstract int Count { get; }

    /// <summary>
    /// The numbers 0 to <see cref="Count"/> - 1, in the order of lanes that <see cref="Interleave"/> puts right.
    /// </summary>
    static abstract TLanes BlockNumbers { get; }

    static abstract TLanes Create(ulong value);

    static abstract TLanes Add(TLanes left, TLanes right);

    /// <summary>The 64-bit products of the lower halves.</summary>
    static abstract TLanes Multiply(TLanes left, TLanes right);

    /// <summary>The upper halves.</summary>
    static abstract TLanes Upper(TLanes lanes);

    static abstract TLanes Xor(TLanes first, TLanes second, TLanes third);

    /// <summary>The lower halves of four words of each block, put in order: block by block, word by word.</summary>
    static abstract (TLanes First, TLanes Second) Interleave(TLanes word0, TLanes word1, TLanes word2, TLanes word3);

    static abstract TLanes Load(ref readonly uint source, nuint index);

    static abstract void Store(TLanes lanes, ref uint destination, nuint index);

    static abstract TLanes And(TLanes left, TLanes right);

    /// <summary>
    /// A mask for each half of a lane: set where <paramref name="left"/> is not below <paramref name="right"/>.
    /// </summary>
    static abstract TLanes IsAtLeast(TLanes left, TLanes right);

    /// <summary>Bit by bit.</summary>
    static abstract TLanes Select(TLanes mask, TLanes ifSet, TLanes ifClear);

    /// <summary>The products of the halves of lanes, as floating-point numbers of single precision.</summary>
    static abstract TLanes MultiplySingles(TLanes left, TLanes right);
}
