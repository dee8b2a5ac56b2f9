using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Compares rows bit for bit: NaN equals NaN of the same payload, and 0 differs from -0.</summary>
internal static class Bits
{
    public static void AreEqual<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string? what = null)
        where T : unmanaged
    {
        Assert.AreEqual(expected.Length, actual.Length, what);
        if (MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)))
            return;

        for (int i = 0; i < expected.Length; i++)
        {
            if (!MemoryMarshal.AsBytes(expected.Slice(i, 1)).SequenceEqual(MemoryMarshal.AsBytes(actual.Slice(i, 1))))
            {
                Assert.Fail(
                    $"{what} element {i} of {expected.Length}: "
                        + $"expected {Show(expected.Slice(i, 1))}, got {Show(actual.Slice(i, 1))}.");
            }
        }
    }

    private static string Show<T>(ReadOnlySpan<T> element)
        where T : unmanaged => $"{element[0]} (0x{Convert.ToHexString(MemoryMarshal.AsBytes(element))})";
}
