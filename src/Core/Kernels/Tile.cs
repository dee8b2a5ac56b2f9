using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>
/// The masks, scales or fills of the elements of one period, and of a vector's length beyond it, so that a vector can begin at
/// any element of the period.
/// </summary>
internal static class Tile
{
    /// <summary>
    /// The period of a tile for coins that repeat after some number of elements: that period, repeated until it fills a vector.
    /// </summary>
    public static int Period<T>(int coinPeriod)
    {
        int widest = Vector512<T>.Count;
        return coinPeriod >= widest ? coinPeriod : (widest + coinPeriod - 1) / coinPeriod * coinPeriod;
    }

    /// <summary>The number of elements of a tile.</summary>
    public static int Length<T>(int period) => period + Vector512<T>.Count - 1;

    /// <summary>Widens a mask of 32 bits to an element: all bits set, or none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MaskOf<T>(uint mask)
        where T : unmanaged =>
        Unsafe.SizeOf<T>() == sizeof(uint) ? Unsafe.BitCast<uint, T>(mask) : Unsafe.BitCast<long, T>((int)mask);

    /// <summary>Fills a tile with the masks of the runs of a period.</summary>
    public static void FillMasks<T>(Span<T> tile, ReadOnlySpan<uint> keepOfRun, int runLength)
        where T : unmanaged
    {
        if (runLength == 1)
            Widen(keepOfRun, tile);
        else
            FillRuns(tile, keepOfRun, runLength);
        Repeat(tile, keepOfRun.Length * runLength);
    }

    /// <summary>Repeats the beginning of a tile to its end.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="filled">The number of elements that are filled.</param>
    public static void Repeat<T>(Span<T> tile, int filled)
    {
        while (filled < tile.Length)
        {
            int count = Math.Min(filled, tile.Length - filled);
            tile[..count].CopyTo(tile[filled..]);
            filled += count;
        }
    }

    private static void Widen<T>(ReadOnlySpan<uint> keep, Span<T> tile)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() == sizeof(uint))
            keep.CopyTo(MemoryMarshal.Cast<T, uint>(tile));
        else
            TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<uint, int>(keep), MemoryMarshal.Cast<T, long>(tile));
    }

    // A run is filled with whole vectors. The next run, or the repetition, overwrites what they write beyond its end.
    private static void FillRuns<T>(Span<T> tile, ReadOnlySpan<uint> keepOfRun, int runLength)
        where T : unmanaged
    {
        for (int run = 0; run < keepOfRun.Length; run++)
        {
            Vector512<T> mask = Vector512.Create(MaskOf<T>(keepOfRun[run]));
            for (int i = 0; i < runLength; i += Vector512<T>.Count)
                mask.CopyTo(tile[((run * runLength) + i)..]);
        }
    }
}
