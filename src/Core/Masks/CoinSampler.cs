using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>Draws the coins of a row as <c>docs/masks.md</c> defines them: a pure function of seed, mask key and copy.</summary>
internal sealed class CoinSampler
{
    /// <summary>Masks of as many coins are kept on the stack. Longer masks are rented.</summary>
    public const int MasksOnStack = 1024;

    private const uint Kept = uint.MaxValue;
    private const uint Dropped = 0;

    // Enough vectors to make the set-up cheap, and few enough that a short pass does not draw many in vain.
    private const int VectorsAhead = 8;

    private readonly ulong[] _expandedSeed = new ulong[Philox4x32.ExpandedKeyLength];
    private readonly int _coins;
    private readonly RowBlocks _blocks;
    private readonly bool _sharedAcrossRows;
    private readonly ulong _rowThreshold;
    private readonly ulong _threshold;
    private readonly CountRange? _droppedCount;
    private readonly int _minKept;

    // For rates that differ by coin. Padded like masks, because whole vectors are read.
    private readonly uint[]? _thresholds;
    private readonly uint[]? _survivors;

    // The same for rows of at most 16 words, and which of the words are no coins'.
    private readonly Vector512<uint> _rowThresholds;
    private readonly Vector512<uint> _rowSurvivors;
    private readonly Vector512<uint> _rowOthers;

    public CoinSampler(DropoutOptions options, int seed, int coins)
    {
        Philox4x32.ExpandKey(((uint)seed, seed < 0 ? uint.MaxValue : 0), _expandedSeed);
        _coins = coins;
        _rowThreshold = Threshold(options.RowProbability);
        _blocks = new RowBlocks(
            coins,
            drawsRow: _rowThreshold <= uint.MaxValue || options.DroppedChannels is not null || options.OutageSteps is not null,
            drawsFills: options.Fill.Fills is not null);
        _sharedAcrossRows = options.SharedAcrossRows;
        _threshold = Threshold(options.EffectiveRate);
        _droppedCount = options.DroppedChannels;
        _minKept = options.MinKept;
        IReadOnlyList<double>? ratesByCoin = options.RatesFor(coins);
        bool eachCoinByRate = _droppedCount is null && _minKept == 0 && _threshold <= uint.MaxValue;
        IsByOneRate = eachCoinByRate && ratesByCoin is null;
        RowsAhead = eachCoinByRate && _rowThreshold > uint.MaxValue && !_sharedAcrossRows && _blocks.RowsPerVector > 1
            ? VectorsAhead * _blocks.RowsPerVector
            : 1;
        DrawsVector = _droppedCount is null && _minKept == 0 && _rowThreshold > uint.MaxValue
            && _blocks.FitVector && _blocks.WordsPerRow <= Vector512<uint>.Count;
        if (ratesByCoin is null && !DrawsVector)
            return;

        var thresholds = new uint[MaskLength];
        var survivors = new uint[MaskLength];
        for (int word = 0; word < MaskLength; word++)
        {
            // The rates repeat for each row, because several rows may be drawn together.
            int coin = word % _blocks.WordsPerRow;
            ulong threshold = coin >= coins ? 0 : ratesByCoin is null ? _threshold : Threshold(ratesByCoin[coin]);
            thresholds[word] = (uint)threshold;
            survivors[word] = threshold <= uint.MaxValue ? Kept : Dropped;
        }

        if (ratesByCoin is not null)
            (_thresholds, _survivors) = (thresholds, survivors);
        if (!DrawsVector)
            return;

        var isCoin = Vector512.Create<uint>(_blocks.IsCoin);
        _rowThresholds = Vector512.Create<uint>(thresholds);
        _rowSurvivors = Vector512.Create<uint>(survivors) & isCoin;
        _rowOthers = ~isCoin;
    }

    /// <summary>
    /// The number of masks that <see cref="Draw(in MaskKey, Span{uint})"/> writes, with other words after those of the coins.
    /// </summary>
    public int MaskLength => _blocks.Room;

    /// <summary>Whether all coins drop by the same rate, without counts or a minimum kept.</summary>
    public bool IsByOneRate { get; }

    /// <summary>Whether a row has at most 16 words, which one vector of the generator draws, and they alone say what drops.</summary>
    public bool DrawsVector { get; }

    /// <summary>
    /// How many rows <see cref="DrawAhead"/> draws at once. 1 if it cannot, or if that gains nothing.
    /// </summary>
    public int RowsAhead { get; }

    /// <summary>The distance between the masks of rows that are drawn together.</summary>
    public int MasksPerRow => _blocks.WordsPerRow;

    /// <summary>
    /// The number of masks that <see cref="DrawAhead"/> writes, with undefined ones after those of the last row.
    /// </summary>
    public int MaskLengthAhead => (RowsAhead * MasksPerRow) + MaskLength;

    /// <summary>Draws the coins of a row.</summary>
    /// <param name="key">What names the mask.</param>
    /// <param name="keep">
    /// Receives <see cref="MaskLength"/> masks, those of the coins first: all bits set for a coin that keeps, none for a coin that
    /// drops. The others are undefined.
    /// </param>
    /// <returns>
    /// Whether the row is touched. If not, what is written means nothing: all coins keep, and nothing is scaled.
    /// </returns>
    public bool Draw(in MaskKey key, Span<uint> keep) =>
        _sharedAcrossRows || key.High == 0 ? Draw(StreamOf(in key, ownKey: []), keep) : DrawByWholeKey(in key, keep);

    /// <summary>
    /// Draws the words of a row into a register. Only if <see cref="DrawsVector"/>, and for a key without a high half. Such a row
    /// is always touched.
    /// </summary>
    /// <param name="key">What names the mask.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<uint> DrawVector(in MaskKey key)
    {
        Debug.Assert(DrawsVector && key.High == 0, "The caller asks first.");
        Vector512<uint> words = new CoinStream(_expandedSeed, _sharedAcrossRows ? 0 : key.Low, key.Copy).DrawRow(_blocks);
        return (Vector512.GreaterThanOrEqual(words, _rowThresholds) & _rowSurvivors) | (words & _rowOthers);
    }

    /// <summary>
    /// The words that choose a fill for each coin, among those that <see cref="Draw(in MaskKey, Span{uint})"/> wrote.
    /// </summary>
    public ReadOnlySpan<uint> FillWords(ReadOnlySpan<uint> keep) => keep[FirstFillWord..];

    /// <summary>Where these words begin.</summary>
    public int FirstFillWord => _blocks.FillWords;

    /// <summary>
    /// For which steps of a row its dropped coins are lost, by what <see cref="Draw(in MaskKey, Span{uint})"/> wrote.
    /// </summary>
    /// <param name="keep">What was drawn for the row.</param>
    /// <param name="range">How many steps they may be.</param>
    /// <param name="steps">The number of steps of a row.</param>
    public (int First, int Count) StepsOf(ReadOnlySpan<uint> keep, CountRange range, int steps) =>
        StepsOf(keep[_blocks.RowWords + 2], keep[_blocks.RowWords + 3], range, steps);

    /// <summary>The same by what <see cref="DrawVector"/> drew.</summary>
    public (int First, int Count) StepsOf(Vector512<uint> words, CountRange range, int steps) =>
        StepsOf(words[_blocks.RowWords + 2], words[_blocks.RowWords + 3], range, steps);

    /// <summary>Draws which of several fills each coin takes if it drops.</summary>
    /// <param name="key">What names the mask.</param>
    /// <param name="fills">The number of fills.</param>
    /// <param name="fillOfCoin">
    /// Receives <see cref="MaskLength"/> numbers of fills, those of the coins first. The others are undefined.
    /// </param>
    [SkipLocalsInit]
    public void DrawFills(in MaskKey key, int fills, Span<uint> fillOfCoin)
    {
        StreamOf(in key, stackalloc ulong[Philox4x32.ExpandedKeyLength]).OfFills().Draw(_coins, fillOfCoin, default(RawWords));
        foreach (ref uint word in fillOfCoin[.._coins])
            word = FillOf(word, fills);
    }

    /// <summary>Draws for which steps of a row its dropped coins are lost.</summary>
    /// <param name="key">What names the mask.</param>
    /// <param name="range">How many steps they may be.</param>
    /// <param name="steps">The number of steps of a row.</param>
    [SkipLocalsInit]
    public (int First, int Count) DrawSteps(in MaskKey key, CountRange range, int steps)
    {
        (_, _, uint countWord, uint firstWord) =
            StreamOf(in key, stackalloc ulong[Philox4x32.ExpandedKeyLength]).RowWords();
        return StepsOf(countWord, firstWord, range, steps);
    }

    /// <summary>Drops the elements of a row with a coin for each element, if <see cref="IsByOneRate"/>.</summary>
    /// <param name="key">What names the mask.</param>
    /// <param name="source">The row.</param>
    /// <param name="scale">What a kept value is multiplied by. 1 leaves its bits alone.</param>
    /// <param name="fill">What a dropped value becomes.</param>
    /// <param name="destination">The same memory as <paramref name="source"/>, or memory that does not overlap it.</param>
    /// <returns>Whether the row is touched. If not, nothing is written.</returns>
    [SkipLocalsInit]
    public bool DropElements(in MaskKey key, ReadOnlySpan<float> source, float scale, float fill, Span<float> destination)
    {
        CoinStream stream = StreamOf(in key, stackalloc ulong[Philox4x32.ExpandedKeyLength]);
        if (!IsTouched(in stream))
            return false;

        // The rest, which does not fill a vector, is copied to one, because nothing may be read beyond the source.
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

    /// <summary>Draws the coins of a row and of the rows with the next keys, if <see cref="RowsAhead"/> is more than 1.</summary>
    /// <param name="first">What names the mask of the first row. The low half of the key counts the rows.</param>
    /// <param name="rows">The number of rows, at most <see cref="RowsAhead"/>.</param>
    /// <param name="keep">
    /// A span of <see cref="MaskLengthAhead"/>. Receives the masks of the rows, <see cref="MasksPerRow"/> apart; the others are
    /// undefined.
    /// </param>
    [SkipLocalsInit]
    public void DrawAhead(in MaskKey first, int rows, Span<uint> keep)
    {
        CoinStream stream = StreamOf(in first, stackalloc ulong[Philox4x32.ExpandedKeyLength]);
        int vectors = (rows + _blocks.RowsPerVector - 1) / _blocks.RowsPerVector;
        if (_thresholds is null)
            DrawRows(in stream, vectors, keep, new DropBelow((uint)_threshold));
        else
            DrawRows(in stream, vectors, keep, new DropBelowOwn(_thresholds, _survivors));
    }

    /// <summary>The number of the fill that a word chooses among several.</summary>
    public static uint FillOf(uint word, int fills) => (uint)Share(word, fills);

    private static (int First, int Count) StepsOf(uint countWord, uint firstWord, CountRange range, int steps)
    {
        int count = range.Min + Share(countWord, range.Max - range.Min + 1);
        return (Share(firstWord, steps - count + 1), count);
    }

    // floor(word x count / 2^32): each number below the count for an equal share of the words.
    private static int Share(uint word, long count) => (int)((word * (ulong)count) >> 32);

    /// <summary>
    /// floor(probability x 2^32): so many of the 2^32 words are below it. 64 bits, because probability 1 gives 2^32.
    /// </summary>
    private static ulong Threshold(double probability) => (ulong)(probability * (1L << 32));

    // A mask key with a high half has its own stream key.
    private CoinStream StreamOf(scoped in MaskKey key, Span<ulong> ownKey)
    {
        if (_sharedAcrossRows)
            return new CoinStream(_expandedSeed, 0, key.Copy);
        if (key.High == 0)
            return new CoinStream(_expandedSeed, key.Low, key.Copy);

        CoinStream.ExpandKey(_expandedSeed, key.High, ownKey);
        return new CoinStream(ownKey, key.Low, key.Copy);
    }

    [SkipLocalsInit]
    private bool DrawByWholeKey(in MaskKey key, Span<uint> keep) =>
        Draw(StreamOf(in key, stackalloc ulong[Philox4x32.ExpandedKeyLength]), keep);

    private bool IsTouched(scoped in CoinStream stream) =>
        _rowThreshold > uint.MaxValue || stream.RowWords().Touch < _rowThreshold;

    private bool Draw(scoped in CoinStream stream, Span<uint> keep)
    {
        if (!_blocks.FitVector && !IsTouched(in stream))
            return false;

        if (_droppedCount is not null || _minKept > 0)
        {
            DrawWords(in stream, keep, default(RawWords));
            DropLowest(keep);
        }
        else if (_thresholds is not null)
        {
            DrawWords(in stream, keep, new DropBelowOwn(_thresholds, _survivors));
        }
        else if (_threshold <= uint.MaxValue)
        {
            DrawWords(in stream, keep, new DropBelow((uint)_threshold));
        }
        else
        {
            if (!_blocks.HasOnlyCoins)
                DrawWords(in stream, keep, default(RawWords));
            keep[.._coins].Clear();
        }

        return !_blocks.FitVector || _rowThreshold > uint.MaxValue || keep[_blocks.RowWords] < _rowThreshold;
    }

    // All words of the row: those of its coins by a rule, and the others as they are.
    private void DrawWords<TRule>(scoped in CoinStream stream, Span<uint> keep, TRule rule)
        where TRule : struct, ICoinRule, allows ref struct
    {
        if (_blocks.FitVector && !_blocks.HasOnlyCoins)
        {
            DrawRows(in stream, vectors: 1, keep, rule);
            return;
        }

        // Whole vectors are written, so what comes later must be drawn later.
        stream.Draw(_coins, keep, rule);
        int row = _blocks.RowWords;
        if (_blocks.DrawsRow)
            (keep[row], keep[row + 1], keep[row + 2], keep[row + 3]) = stream.RowWords();
        if (_blocks.DrawsFills)
            stream.OfFills().Draw(_coins, keep[_blocks.FillWords..], default(RawWords));
    }

    private void DrawRows<TRule>(scoped in CoinStream stream, int vectors, Span<uint> keep, TRule rule)
        where TRule : struct, ICoinRule, allows ref struct
    {
        if (_blocks.HasOnlyCoins)
            stream.DrawRows(_blocks, vectors, keep, rule);
        else
            stream.DrawRows(_blocks, vectors, keep, new CoinsOnly<TRule>(rule, _blocks));
    }

    // The coins that may drop are ranked by (word, coin), and the lowest of them drop: the number that was drawn, or all that
    // their rates drop, but never so many that fewer than the minimum stay.
    [SkipLocalsInit]
    private void DropLowest(Span<uint> keep)
    {
        using var ranking = new Scratch<ulong>(stackalloc ulong[64], _coins);
        int candidates = 0;
        for (int coin = 0; coin < _coins; coin++)
        {
            if (_droppedCount is not null || Drops(keep[coin], coin))
                ranking.Span[candidates++] = ((ulong)keep[coin] << 32) | (uint)coin;
        }

        int drops = Math.Min(DroppedCount(keep) ?? candidates, _coins - _minKept);
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

    private int? DroppedCount(ReadOnlySpan<uint> words) => _droppedCount is (int min, int max)
        ? min + Share(words[_blocks.RowWords + 1], (long)max - min + 1)
        : null;
}
