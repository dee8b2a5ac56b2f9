namespace MLNet.SpatialDropout;

/// <summary>Draws the coins of a row: a pure function of seed, row and copy, as <c>docs/masks.md</c> defines it.</summary>
internal sealed class CoinSampler
{
    private readonly ulong _seed;
    private readonly bool _sharedAcrossRows;
    private readonly ulong _rowThreshold;
    private readonly ulong _threshold;
    private readonly ulong[]? _thresholdOfCoin;
    private readonly (int Min, int Max)? _droppedCount;
    private readonly int _minKept;

    public CoinSampler(SpatialDropoutOptions options, int seed)
    {
        _seed = (ulong)seed;
        _sharedAcrossRows = options.SharedAcrossRows;
        _rowThreshold = Threshold(options.RowProbability);
        _threshold = Threshold(options.EffectiveRate);
        _thresholdOfCoin = options.ChannelRates?.Select(Threshold).ToArray();
        _droppedCount = options.DroppedChannels;
        _minKept = options.MinKept;
    }

    /// <summary>Tosses one coin for each element of <paramref name="keep"/>: true where it is kept.</summary>
    /// <returns>Whether the row is touched; where it is not, all coins are kept and nothing is scaled.</returns>
    public bool Draw(RowKey row, Span<bool> keep)
    {
        var stream = new CoinStream(_seed, _sharedAcrossRows ? new RowKey(0, 0, row.Copy) : row);
        if (_rowThreshold <= uint.MaxValue && stream.RowWords().Touch >= _rowThreshold)
        {
            keep.Fill(true);
            return false;
        }

        using var words = new Scratch<uint>(keep.Length);
        stream.CoinWords(words.Span);
        if (_droppedCount is not null || _minKept > 0)
            DropLowest(stream, words.Span, keep);
        else
            DropByRate(words.Span, keep);
        return true;
    }

    /// <summary>
    /// floor(probability x 2^32): as many of the 2^32 words lie below it, none for 0 and all for 1, which is why it has 64 bits.
    /// </summary>
    private static ulong Threshold(double probability) => (ulong)(probability * (1L << 32));

    private void DropByRate(ReadOnlySpan<uint> words, Span<bool> keep)
    {
        for (int coin = 0; coin < words.Length; coin++)
            keep[coin] = !Drops(words, coin);
    }

    // The coins that may drop are ranked by (word, coin), and the lowest of them do: as many as were drawn, or all that their
    // rate drops, but never so many that too few are kept.
    private void DropLowest(CoinStream stream, ReadOnlySpan<uint> words, Span<bool> keep)
    {
        using var ranking = new Scratch<ulong>(words.Length);
        int candidates = 0;
        for (int coin = 0; coin < words.Length; coin++)
        {
            if (_droppedCount is not null || Drops(words, coin))
                ranking.Span[candidates++] = ((ulong)words[coin] << 32) | (uint)coin;
        }

        int drops = Math.Min(DrawCount(stream) ?? candidates, words.Length - _minKept);
        Span<ulong> ranked = ranking.Span[..candidates];
        if (drops < candidates)
        {
            ranked.Sort();
            ranked = ranked[..drops];
        }

        keep.Fill(true);
        foreach (ulong candidate in ranked)
            keep[(int)(uint)candidate] = false;
    }

    private bool Drops(ReadOnlySpan<uint> words, int coin) =>
        words[coin] < (_thresholdOfCoin is null ? _threshold : _thresholdOfCoin[coin]);

    private int? DrawCount(CoinStream stream) => _droppedCount is (int min, int max)
        ? min + (int)(((ulong)stream.RowWords().Count * (ulong)((long)max - min + 1)) >> 32)
        : null;
}
