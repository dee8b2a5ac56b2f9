namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>
/// Masks as <c>docs/masks.md</c> defines them, one block after the other: the tests' reference without its arrays, as a careful
/// implementation without vectors would be.
/// </summary>
internal static class ScalarPhilox
{
    public static void DrawMask(uint seed, ulong row, double rate, Span<bool> keep)
    {
        ulong threshold = (ulong)(rate * (1L << 32));
        for (int coin = 0; coin < keep.Length; coin += 4)
        {
            (uint c0, uint c1, uint c2, uint c3) = ((uint)coin / 4, 0, (uint)row, (uint)(row >> 32));
            (uint k0, uint k1) = (seed, 0);
            for (int round = 0; round < 10; round++)
            {
                ulong a = 0xD2511F53UL * c0;
                ulong b = 0xCD9E8D57UL * c2;
                (c0, c1, c2, c3) = ((uint)(b >> 32) ^ c1 ^ k0, (uint)b, (uint)(a >> 32) ^ c3 ^ k1, (uint)a);
                (k0, k1) = (k0 + 0x9E3779B9, k1 + 0xBB67AE85);
            }

            keep[coin] = c0 >= threshold;
            keep[coin + 1] = c1 >= threshold;
            keep[coin + 2] = c2 >= threshold;
            keep[coin + 3] = c3 >= threshold;
        }
    }
}
