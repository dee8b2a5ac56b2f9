using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>
/// The source of the words of a row that has at most 16. A kernel asks for them itself, so that they stay in a register.
/// </summary>
internal interface IRowWords
{
    /// <summary>The masks of the coins, and what else is drawn for the row, in the order of <see cref="RowBlocks"/>.</summary>
    Vector512<uint> ToVector();
}
