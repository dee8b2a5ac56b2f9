using System.Numerics;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>
/// What belongs to the runs of a row (masks, scales, fills), element by element, for a stretch that repeats over the row.
/// </summary>
internal static class Tile
{
    // Long enough that the row is streamed in few stretches, short enough to be prepared in no time and to stay in L1.
    private const int PreferredLength = 256;

    /// <summary>The number of elements of a tile for a row whose coins repeat after <paramref name="period"/> elements.</summary>
    /// <remarks>
    /// A whole number of periods that is also a whole number of the widest vectors, so that only the row's last stretch has a
    /// tail; or the whole row, where that is shorter.
    /// </remarks>
    public static int Length<T>(int period, int rowLength)
    {
        // The least common multiple: lanes are a power of two, so what they share with the period is its lowest bit.
        int lanes = Vector512<T>.Count;
        int shared = Math.Min(lanes, period & -period);
        long wholeVectors = (long)period * (lanes / shared);
        long tile = wholeVectors * Math.Max(1, PreferredLength / wholeVectors);
        return (int)Math.Min(tile, rowLength);
    }

    /// <summary>Fills a tile with the masks of its runs: elements of all ones (keep) or all zeros (drop).</summary>
    public static void FillMasks<T>(Span<T> tile, ReadOnlySpan<bool> keepOfRun, int runLength)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int run = 0; run < keepOfRun.Length; run++)
            tile.Slice(run * runLength, runLength).Fill(keepOfRun[run] ? T.AllBitsSet : T.Zero);
        Repeat(tile, keepOfRun.Length * runLength);
    }

    /// <summary>Fills a tile with the values of its runs.</summary>
    public static void FillValues<T>(Span<T> tile, ReadOnlySpan<T> valueOfRun, int runLength)
    {
        for (int run = 0; run < valueOfRun.Length; run++)
            tile.Slice(run * runLength, runLength).Fill(valueOfRun[run]);
        Repeat(tile, valueOfRun.Length * runLength);
    }

    private static void Repeat<T>(Span<T> tile, int filled)
    {
        while (filled < tile.Length)
        {
            int count = Math.Min(filled, tile.Length - filled);
            tile[..count].CopyTo(tile[filled..]);
            filled += count;
        }
    }
}
