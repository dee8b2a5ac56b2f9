namespace MLNet.SpatialDropout;

/// <summary>Draws the coins of a row: a pure function of seed, row and copy, as <c>docs/masks.md</c> defines it.</summary>
internal readonly struct CoinSampler
{
    private readonly ulong _seed;
    private readonly bool _sharedAcrossRows;
    private readonly ulong _dropThreshold;

    /// <param name="seed">The seed, sign-extended to 64 bits.</param>
    /// <param name="rate">The probability that a coin drops.</param>
    /// <param name="sharedAcrossRows">Whether every row has the key zero.</param>
    public CoinSampler(int seed, double rate, bool sharedAcrossRows)
    {
        _seed = (ulong)seed;
        _sharedAcrossRows = sharedAcrossRows;
        _dropThreshold = Threshold(rate);
    }

    /// <summary>Tosses one coin for each element of <paramref name="keep"/>: true where it is kept.</summary>
    public void Draw(RowKey row, Span<bool> keep)
    {
        (ulong low, ulong high) = _sharedAcrossRows ? (0, 0) : (row.Low, row.High);
        (uint K0, uint K1) key = StreamKey(high);
        for (int coin = 0; coin < keep.Length; coin += Philox4x32.WordsPerBlock)
        {
            uint block = (uint)coin / Philox4x32.WordsPerBlock;
            (uint w0, uint w1, uint w2, uint w3) = Philox4x32.Block((block, row.Copy, (uint)low, (uint)(low >> 32)), key);

            Span<bool> coins = keep[coin..];
            coins[0] = w0 >= _dropThreshold;
            if (coins.Length > 1)
                coins[1] = w1 >= _dropThreshold;
            if (coins.Length > 2)
                coins[2] = w2 >= _dropThreshold;
            if (coins.Length > 3)
                coins[3] = w3 >= _dropThreshold;
        }
    }

    /// <summary>
    /// floor(probability x 2^32): as many of the 2^32 words lie below it, none for 0 and all for 1, which is why it has 64 bits.
    /// </summary>
    private static ulong Threshold(double probability) => (ulong)(probability * (1L << 32));

    // A counter has room for half of a row's key; the other half, where it is in use, goes into the key of the stream.
    private (uint K0, uint K1) StreamKey(ulong high)
    {
        (uint K0, uint K1) key = ((uint)_seed, (uint)(_seed >> 32));
        if (high == 0)
            return key;

        (uint k0, uint k1, _, _) = Philox4x32.Block(((uint)high, (uint)(high >> 32), 0, 0), key);
        return (k0, k1);
    }
}
