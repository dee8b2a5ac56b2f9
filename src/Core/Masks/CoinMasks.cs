using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>The masks of coins: 32 bits each, all set for a coin that keeps, none set for a coin that drops.</summary>
internal static class CoinMasks
{
    /// <summary>keep[i] = whether the bits of masks[i] are set.</summary>
    public static void ToBooleans(ReadOnlySpan<uint> masks, Span<bool> keep)
    {
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            // Four vectors of masks become one vector of booleans, which are bytes of 1 or 0.
            ref uint first = ref MemoryMarshal.GetReference(masks);
            Span<byte> bytes = MemoryMarshal.AsBytes(keep[..masks.Length]);
            for (; i <= masks.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
            {
                var lower = Vector128.Narrow(At(ref first, i), At(ref first, i + 4));
                var upper = Vector128.Narrow(At(ref first, i + 8), At(ref first, i + 12));
                (Vector128.Narrow(lower, upper) & Vector128<byte>.One).CopyTo(bytes[i..]);
            }
        }

        for (; i < masks.Length; i++)
            keep[i] = masks[i] != 0;
    }

    private static Vector128<uint> At(ref uint first, int index) => Vector128.LoadUnsafe(ref first, (nuint)index);
}
