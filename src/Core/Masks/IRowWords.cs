using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>
/// Where the words of a row come from that fit into a vector. A kernel asks for them itself, so that they stay in a register.
/// </summary>
internal interface IRowWords
{
    /// <summary>The masks of the coins, and what else is drawn for the row, in the order of <see cref="RowBlocks"/>.</summary>
    Vector512<uint> ToVector();
}
