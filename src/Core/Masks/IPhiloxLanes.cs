using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>
/// A vector of 64-bit lanes, one Philox block in each. The generator is written once for this interface and compiled for every
/// width.
/// </summary>
internal interface IPhiloxLanes<TLanes>
    where TLanes : struct
{
    /// <summary>The number of lanes, which is the number of blocks computed at once.</summary>
    static abstract int Count { get; }

    /// <summary>
    /// The numbers 0 to <see cref="Count"/> - 1, in the order that makes <see cref="Interleave"/> give the words in order.
    /// </summary>
    static abstract TLanes BlockNumbers { get; }

    static abstract TLanes Create(ulong value);

    static abstract TLanes Add(TLanes left, TLanes right);

    /// <summary>The 64-bit products of the lower halves.</summary>
    static abstract TLanes Multiply(TLanes left, TLanes right);

    /// <summary>The upper halves.</summary>
    static abstract TLanes Upper(TLanes lanes);

    static abstract TLanes Xor(TLanes first, TLanes second, TLanes third);

    /// <summary>The four words of each block, which are lower halves, in order: block by block, word by word.</summary>
    static abstract (TLanes First, TLanes Second) Interleave(TLanes word0, TLanes word1, TLanes word2, TLanes word3);

    static abstract TLanes Load(ref readonly uint source, nuint index);

    static abstract void Store(TLanes lanes, ref uint destination, nuint index);

    /// <summary>Two vectors, one after the other, as far as they fit.</summary>
    static abstract Vector512<uint> ToVector(TLanes first, TLanes second);

    static abstract TLanes And(TLanes left, TLanes right);

    /// <summary>
    /// A mask for each half of a lane, set if <paramref name="left"/> is not below <paramref name="right"/>.
    /// </summary>
    static abstract TLanes IsAtLeast(TLanes left, TLanes right);

    /// <summary>Selects bits.</summary>
    static abstract TLanes Select(TLanes mask, TLanes ifSet, TLanes ifClear);

    /// <summary>The products of the halves of lanes as single-precision numbers.</summary>
    static abstract TLanes MultiplySingles(TLanes left, TLanes right);
}
