using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>Draws the coins of a row: a pure function of seed, row and copy, as <c>docs/masks.md</c> defines it.</summary>
internal sealed class CoinSampler
{
    /// <summary>Masks of as many coins are kept on the stack. Longer masks are rented.</summary>
    public const int MasksOnStack = 1024;

    private const uint Kept = uint.MaxValue;
    private const uint Dropped = 0;

    // Enough to make what comes before the first of them cheap, few enough that a short pass does not draw much in vain.
    private const int VectorsAhead = 8;

    private readonly ulong[] _expandedSeed = new ulong[Philox4x32.ExpandedKeyLength];
    private readonly int _coins;
    private readonly bool _sharedAcrossRows;
    private readonly ulong _rowThreshold;
    private readonly ulong _threshold;
    private readonly (int Min, int Max)? _droppedCount;
    private readonly int _minKept;

    // Where coins have rates of their own: padded to the room that masks need, so that whole vectors are read.
    private readonly uint[]? _thresholds;
    private readonly uint[]? _survivors;

    public CoinSampler(DropoutOptions options, int seed, int coins)
    {
        Philox4x32.ExpandKey(((uint)seed, seed < 0 ? uint.MaxValue : 0), _expandedSeed);
        _coins = coins;
        _sharedAcrossRows = options.SharedAcrossRows;
        _rowThreshold = Threshold(options.RowProbability);
        _threshold = Threshold(options.EffectiveRate);
        _droppedCount = options.DroppedChannels;
        _minKept = options.MinKept;
        bool eachCoinByRate = _droppedCount is null && _minKept == 0 && _threshold <= uint.MaxValue;
        IsByOneRate = eachCoinByRate && options.Rates is null;
        int rowsPerVector = CoinStream.RowsPerVector(coins);
        RowsAhead = eachCoinByRate && _rowThreshold > uint.MaxValue && !_sharedAcrossRows && rowsPerVector > 1
            ? VectorsAhead * rowsPerVector
            : 1;
        if (options.Rates is not { } rates)
            return;

        _thresholds = new uint[MaskLength];
        _survivors = new uint[MaskLength];
        int wordsPerRow = CoinStream.WordsPerRow(coins);
        for (int word = 0; word < MaskLength; word++)
        {
            // Row after row, for where rows are drawn together.
            int coin = word % wordsPerRow;
            ulong threshold = coin < coins ? Threshold(rates[coin]) : 0;
            _thresholds[word] = (uint)threshold;
            _survivors[word] = threshold <= uint.MaxValue ? Kept : Dropped;
        }
    }

    /// <summary>
    /// The number of masks that <see cref="Draw(in MaskKey, Span{uint})"/> writes: those of the coins, up to a whole vector.
    /// </summary>
    public int MaskLength => CoinStream.RoomFor(_coins);

    /// <summary>Whether each coin drops by the same rate, and by nothing else.</summary>
    public bool IsByOneRate { get; }

    /// <summary>
    /// How many rows <see cref="DrawAhead"/> draws at once; 1 where it cannot, or where that would gain nothing.
    /// </summary>
    public int RowsAhead { get; }

    /// <summary>The distance between the masks of rows that were drawn together.</summary>
    public int MasksPerRow => CoinStream.WordsPerRow(_coins);

    /// <summary>
    /// The number of masks that <see cref="DrawAhead"/> writes, with those of no meaning beyond the last row's.
    /// </summary>
    public int MaskLengthAhead => (RowsAhead * MasksPerRow) + MaskLength;

    /// <summary>Tosses the coins of a row.</summary>
    /// <param name="row">The row and its copy.</param>
    /// <param name="keep">
    /// Receives <see cref="MaskLength"/> masks, those of the coins first: all bits set where it is kept, none where it
    /// drops. What lies beyond the coins is of no meaning.
    /// </param>
    /// <returns>
    /// Whether the row is touched; where it is not, nothing is drawn: all coins are kept and nothing is scaled.
    /// </returns>
    public bool Draw(in MaskKey row, Span<uint> keep) =>
        _sharedAcrossRows || row.High == 0 ? Draw(StreamOf(in row, ownKey: []), keep) : DrawByWholeKey(in row, keep);

    /// <summary>Drops the elements of a row that has a coin for each, where <see cref="IsByOneRate"/>.</summary>
    /// <param name="row">The row and its copy.</param>
    /// <param name="source">The row.</param>
    /// <param name="scale">What a kept value is multiplied by; 1 leaves its bits alone.</param>
    /// <param name="fill">What a dropped value becomes.</param>
    /// <param name="destination">As long as <paramref name="source"/>; the same memory, or apart from it.</param>
    /// <returns>Whether the row is touched; where it is not, nothing is written.</returns>
    [SkipLocalsInit]
    public bool DropElements(in MaskKey row, ReadOnlySpan<float> source, float scale, float fill, Span<float> destination)
    {
        CoinStream stream = StreamOf(in row, stackalloc ulong[Philox4x32.ExpandedKeyLength]);
        if (!IsTouched(in stream))
            return false;

        // What does not fill a vector is dropped in a vector of its own: the source has nothing behind it to read.
        var keep = new DropBelow((uint)_threshold);
        int whole = source.Length / CoinStream.WordsPerVector * CoinStream.WordsPerVector;
        stream.Draw(whole, MemoryMarshal.Cast<float, uint>(destination), new DropSingles(keep, source, scale, fill));
        if (whole == source.Length)
            return true;

        Span<float> rest = stackalloc float[CoinStream.WordsPerVector];
        source[whole..].CopyTo(rest);
        stream.From(whole).Draw(rest.Length, MemoryMarshal.Cast<float, uint>(rest), new DropSingles(keep, rest, scale, fill));
        rest[..(source.Length - whole)].CopyTo(destination[whole..]);
        return true;
    }

    /// <summary>Tosses the coins of a row and of those with the next keys, where <see cref="RowsAhead"/> is above 1.</summary>
    /// <param name="first">The first row and its copy; the low half of the key counts the rows.</param>
    /// <param name="rows">The number of rows wanted, at most <see cref="RowsAhead"/>.</param>
    /// <param name="keep">
    /// Receives the masks of the rows, each <see cref="MasksPerRow"/> after the other, in a span of
    /// <see cref="MaskLengthAhead"/>: with others, of no meaning, behind them.
    /// </param>
    [SkipLocalsInit]
    public void DrawAhead(in MaskKey first, int rows, Span<uint> keep)
    {
        CoinStream stream = StreamOf(in first, stackalloc ulong[Philox4x32.ExpandedKeyLength]);
        int rowsPerVector = CoinStream.RowsPerVector(_coins);
        int vectors = (rows + rowsPerVector - 1) / rowsPerVector;
        if (_thresholds is null)
            stream.DrawRows(_coins, vectors, keep, new DropBelow((uint)_threshold));
        else
            stream.DrawRows(_coins, vectors, keep, new DropBelowOwn(_thresholds, _survivors));
    }

    /// <summary>
    /// floor(probability x 2^32): as many of the 2^32 words lie below it, none for 0 and all for 1, which is why it has 64 bits.
    /// </summary>
    private static ulong Threshold(double probability) => (ulong)(probability * (1L << 32));

    // The stream of a row; with a key of its own where the row's key has a high half.
    private CoinStream StreamOf(scoped in MaskKey row, Span<ulong> ownKey)
    {
        if (_sharedAcrossRows)
            return new CoinStream(_expandedSeed, 0, row.Copy);
        if (row.High == 0)
            return new CoinStream(_expandedSeed, row.Low, row.Copy);

        CoinStream.ExpandKey(_expandedSeed, row.High, ownKey);
        return new CoinStream(ownKey, row.Low, row.Copy);
    }

    [SkipLocalsInit]
    private bool DrawByWholeKey(in MaskKey row, Span<uint> keep) =>
        Draw(StreamOf(in row, stackalloc ulong[Philox4x32.ExpandedKeyLength]), keep);

    private bool IsTouched(scoped in CoinStream stream) =>
        _rowThreshold > uint.MaxValue || stream.RowWords().Touch < _rowThreshold;

    private bool Draw(scoped in CoinStream stream, Span<uint> keep)
    {
        if (!IsTouched(in stream))
            return false;

        if (_droppedCount is not null || _minKept > 0)
            DropLowest(in stream, keep);
        else if (_thresholds is not null)
            stream.Draw(_coins, keep, new DropBelowOwn(_thresholds, _survivors));
        else if (_threshold <= uint.MaxValue)
            stream.Draw(_coins, keep, new DropBelow((uint)_threshold));
        else
            keep[.._coins].Clear();
        return true;
    }

    // The coins that may drop are ranked by (word, coin), and the lowest of them do: as many as were drawn, or all that their
    // rate drops, but never so many that too few are kept.
    [SkipLocalsInit]
    private void DropLowest(in CoinStream stream, Span<uint> keep)
    {
        stream.Draw(_coins, keep, default(RawWords));
        using var ranking = new Scratch<ulong>(stackalloc ulong[64], _coins);
        int candidates = 0;
        for (int coin = 0; coin < _coins; coin++)
        {
            if (_droppedCount is not null || Drops(keep[coin], coin))
                ranking.Span[candidates++] = ((ulong)keep[coin] << 32) | (uint)coin;
        }

        int drops = Math.Min(DrawCount(in stream) ?? candidates, _coins - _minKept);
        Span<ulong> ranked = ranking.Span[..candidates];
        if (drops < candidates)
        {
            ranked.Sort();
            ranked = ranked[..drops];
        }

        keep[.._coins].Fill(Kept);
        foreach (ulong candidate in ranked)
            keep[(int)(uint)candidate] = Dropped;
    }

    private bool Drops(uint word, int coin) =>
        _thresholds is null || _survivors is null
            ? word < _threshold
            : word < _thresholds[coin] || _survivors[coin] == Dropped;

    private int? DrawCount(in CoinStream stream) => _droppedCount is (int min, int max)
        ? min + (int)(((ulong)stream.RowWords().Count * (ulong)((long)max - min + 1)) >> 32)
        : null;
}
