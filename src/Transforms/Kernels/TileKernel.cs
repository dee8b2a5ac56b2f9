using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>
/// Drops elements by a tile of masks that repeats over the row: for short runs of equal coins, channels last above all.
/// </summary>
internal static class TileKernel
{
    /// <summary>destination[i] = tile[i mod tile.Length] keeps ? source[i] x scale : fill.</summary>
    /// <param name="source">The elements of a row.</param>
    /// <param name="tile">Their masks; see <see cref="Tile"/>.</param>
    /// <param name="scale">What a kept value is multiplied by; 1 leaves its bits alone.</param>
    /// <param name="fill">What a dropped value becomes.</param>
    /// <param name="destination">As long as <paramref name="source"/>; the same memory, or apart from it.</param>
    public static void Apply<T>(ReadOnlySpan<T> source, ReadOnlySpan<T> tile, T scale, T fill, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (scale == T.One)
            Apply(source, tile, new KeepUnscaled<T>(fill), destination);
        else
            Apply(source, tile, new KeepScaled<T>(scale, fill), destination);
    }

    /// <summary>destination[i] = tile[j] keeps ? source[i] x scales[j] : fills[j], where j = i mod tile.Length.</summary>
    /// <param name="source">The elements of a row.</param>
    /// <param name="tile">Their masks; see <see cref="Tile"/>.</param>
    /// <param name="scales">What kept values are multiplied by, as long as the tile; 1 leaves their bits alone.</param>
    /// <param name="fills">What dropped values become, as long as the tile.</param>
    /// <param name="destination">As long as <paramref name="source"/>; the same memory, or apart from it.</param>
    public static void Apply<T>(
        ReadOnlySpan<T> source, ReadOnlySpan<T> tile, ReadOnlySpan<T> scales, ReadOnlySpan<T> fills, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Apply(source, tile, new KeepByCoin<T>(scales[..tile.Length], fills), destination);

    private static void Apply<T, TOperator>(
        ReadOnlySpan<T> source, ReadOnlySpan<T> tile, TOperator keepOperator, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        while (source.Length > tile.Length)
        {
            ApplyOnce(source[..tile.Length], tile, keepOperator, destination);
            source = source[tile.Length..];
            destination = destination[tile.Length..];
        }

        ApplyOnce(source, tile, keepOperator, destination);
    }

    // Each loop leaves less than one of its vectors to the next: below 512 bits, below 256, below 128, nothing. Which of them
    // exist is known to the JIT, so that the others cost nothing. Loads and stores stay inside the spans: no bit of a
    // destination is written twice, as source and destination may be the same memory.
    private static void ApplyOnce<T, TOperator>(
        ReadOnlySpan<T> source, ReadOnlySpan<T> tile, TOperator keepOperator, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IKeepOperator<T>, allows ref struct
    {
        ref T values = ref MemoryMarshal.GetReference(source);
        ref T masks = ref MemoryMarshal.GetReference(tile[..source.Length]);
        ref T results = ref MemoryMarshal.GetReference(destination[..source.Length]);
        int i = 0;

        if (Vector512.IsHardwareAccelerated)
        {
            for (; i <= source.Length - Vector512<T>.Count; i += Vector512<T>.Count)
                keepOperator
                    .Invoke(Vector512.LoadUnsafe(ref values, (nuint)i), Vector512.LoadUnsafe(ref masks, (nuint)i), i)
                    .StoreUnsafe(ref results, (nuint)i);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= source.Length - Vector256<T>.Count; i += Vector256<T>.Count)
                keepOperator
                    .Invoke(Vector256.LoadUnsafe(ref values, (nuint)i), Vector256.LoadUnsafe(ref masks, (nuint)i), i)
                    .StoreUnsafe(ref results, (nuint)i);
        }

        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= source.Length - Vector128<T>.Count; i += Vector128<T>.Count)
                keepOperator
                    .Invoke(Vector128.LoadUnsafe(ref values, (nuint)i), Vector128.LoadUnsafe(ref masks, (nuint)i), i)
                    .StoreUnsafe(ref results, (nuint)i);
        }

        for (; i < source.Length; i++)
            destination[i] = keepOperator.Invoke(source[i], tile[i], i);
    }
}
