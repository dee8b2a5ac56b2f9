namespace MLNet.SpatialDropout;

/// <summary>The random words of one copy of one row.</summary>
internal readonly struct CoinStream
{
    // The block of the words that decide over the row as a whole; those of the coins are numbered from 0 and never get there.
    private const uint RowBlock = 0xFFFFFFFF;

    private readonly (uint K0, uint K1) _key;
    private readonly RowKey _row;

    public CoinStream(ulong seed, RowKey row)
    {
        _key = ((uint)seed, (uint)(seed >> 32));
        _row = row;

        // A counter has room for half of a row's key; the other half, where it is in use, goes into the key of the stream.
        if (row.High != 0)
            (_key.K0, _key.K1, _, _) = Philox4x32.Block(((uint)row.High, (uint)(row.High >> 32), 0, 0), _key);
    }

    /// <summary>The words that decide over the row: whether it is touched, and how many of its coins drop.</summary>
    public (uint Touch, uint Count) RowWords()
    {
        (uint touch, uint count, _, _) = Block(RowBlock);
        return (touch, count);
    }

    /// <summary>The words of the coins 0, 1, 2, ...</summary>
    public void CoinWords(Span<uint> words)
    {
        uint block = 0;
        while (words.Length >= Philox4x32.WordsPerBlock)
        {
            (words[0], words[1], words[2], words[3]) = Block(block++);
            words = words[Philox4x32.WordsPerBlock..];
        }

        if (words.IsEmpty)
            return;

        (uint w0, uint w1, uint w2, _) = Block(block);
        words[0] = w0;
        if (words.Length > 1)
            words[1] = w1;
        if (words.Length > 2)
            words[2] = w2;
    }

    private (uint Word0, uint Word1, uint Word2, uint Word3) Block(uint block) =>
        Philox4x32.Block((block, _row.Copy, (uint)_row.Low, (uint)(_row.Low >> 32)), _key);
}
