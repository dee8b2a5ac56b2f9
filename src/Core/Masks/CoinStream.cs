using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>The random words of one copy of one row.</summary>
internal readonly ref struct CoinStream
{
    /// <summary>
    /// The block of the words that concern the row as a whole. The blocks of the coins count from 0 and never reach it.
    /// </summary>
    public const uint RowBlock = 0xFFFFFFFF;

    /// <summary>
    /// The first block of the words that choose a fill for each coin. No row has so many coins that theirs reach it.
    /// </summary>
    public const uint FillBlock = 0x40000000;

    private readonly ReadOnlySpan<ulong> _expandedKey;
    private readonly ulong _low;
    private readonly uint _copy;
    private readonly uint _firstBlock;

    /// <param name="expandedKey">The expanded key of the row's stream. See <see cref="ExpandKey"/>.</param>
    /// <param name="low">The low half of the row's key.</param>
    /// <param name="copy">Which copy of the row.</param>
    /// <param name="firstBlock">The block of the first coin that <see cref="Draw"/> draws.</param>
    public CoinStream(ReadOnlySpan<ulong> expandedKey, ulong low, uint copy, uint firstBlock = 0)
    {
        _expandedKey = expandedKey;
        _low = low;
        _copy = copy;
        _firstBlock = firstBlock;
    }

    /// <summary>The number of words that the widest vector of blocks gives.</summary>
    public static int WordsPerVector => PhiloxLanes512.Count * Philox4x32.WordsPerBlock;

    /// <summary>How many words <see cref="Draw"/> writes for a number of coins: whole vectors of blocks.</summary>
    public static int RoomFor(int coins) => (coins + WordsPerVector - 1) / WordsPerVector * WordsPerVector;

    /// <summary>The same stream from a later coin on, which must be the first of a block.</summary>
    public CoinStream From(int coin) => new(_expandedKey, _low, _copy, (uint)coin / Philox4x32.WordsPerBlock);

    /// <summary>Computes the key of the streams of all rows whose keys have the same high half.</summary>
    /// <remarks>The counter has room for the low half only. A high half that is not 0 goes into the key.</remarks>
    public static void ExpandKey(ReadOnlySpan<ulong> expandedSeed, ulong high, Span<ulong> expandedKey)
    {
        (uint k0, uint k1, _, _) = Philox4x32.Block(((uint)high, (uint)(high >> 32), 0, 0), KeyOf(expandedSeed));
        Philox4x32.ExpandKey((k0, k1), expandedKey);
    }

    /// <summary>The stream of the words that choose a fill for each coin.</summary>
    public CoinStream OfFills() => new(_expandedKey, _low, _copy, FillBlock);

    /// <summary>
    /// The words that concern the row as a whole: whether it is touched, how many of its coins drop, for how many steps, and from
    /// which step on.
    /// </summary>
    public (uint Touch, uint Count, uint Steps, uint FirstStep) RowWords() => Philox4x32.Block(
        (RowBlock, _copy, (uint)_low, (uint)(_low >> 32)), KeyOf(_expandedKey));

    /// <summary>Draws the words of the coins 0, 1, 2, ... and writes what a rule makes of each.</summary>
    /// <param name="coins">The number of coins.</param>
    /// <param name="results">Receives <see cref="RoomFor"/> results, those of the coins first. The others are undefined.</param>
    /// <param name="rule">What to make of a word.</param>
    public void Draw<TRule>(int coins, Span<uint> results, TRule rule)
        where TRule : struct, ICoinRule, allows ref struct
    {
        results = results[..RoomFor(coins)];
        if (Vector512.IsHardwareAccelerated)
            DrawBlocks<Vector512<ulong>, PhiloxLanes512, TRule>(coins, results, rule);
        else if (PhiloxLanes256.IsSupported)
            DrawBlocks<Vector256<ulong>, PhiloxLanes256, TRule>(coins, results, rule);
        else if (PhiloxLanes128.IsSupported)
            DrawBlocks<Vector128<ulong>, PhiloxLanes128, TRule>(coins, results, rule);
        else
            DrawBlocks<ulong, PhiloxLanes64, TRule>(coins, results, rule);
    }

    /// <summary>Draws all words of this row and of the rows with the next keys, as many rows in a vector as fit.</summary>
    /// <param name="blocks">Which words a row has. They must fit into a vector.</param>
    /// <param name="vectors">The number of vectors to fill.</param>
    /// <param name="results">
    /// Receives one result for each word. Rows are <see cref="RowBlocks.WordsPerRow"/> apart. The other results are undefined.
    /// </param>
    /// <param name="rule">What to make of a word. It counts words from the first row of the vector.</param>
    public void DrawRows<TRule>(RowBlocks blocks, int vectors, Span<uint> results, TRule rule)
        where TRule : struct, ICoinRule, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated)
            DrawRows<Vector512<ulong>, PhiloxLanes512, TRule>(blocks, vectors, results, rule);
        else if (PhiloxLanes256.IsSupported)
            DrawRows<Vector256<ulong>, PhiloxLanes256, TRule>(blocks, vectors, results, rule);
        else if (PhiloxLanes128.IsSupported)
            DrawRows<Vector128<ulong>, PhiloxLanes128, TRule>(blocks, vectors, results, rule);
        else
            DrawRows<ulong, PhiloxLanes64, TRule>(blocks, vectors, results, rule);
    }

    /// <summary>Draws the words of this row, at most 16. What follows them in the vector is undefined.</summary>
    /// <param name="blocks">Which words a row has.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<uint> DrawRow(RowBlocks blocks) =>
        Vector512.IsHardwareAccelerated ? DrawRow<Vector512<ulong>, PhiloxLanes512>(blocks)
        : PhiloxLanes256.IsSupported ? DrawRow<Vector256<ulong>, PhiloxLanes256>(blocks)
        : PhiloxLanes128.IsSupported ? DrawRow<Vector128<ulong>, PhiloxLanes128>(blocks)
        : DrawRow<ulong, PhiloxLanes64>(blocks);

    /// <summary>The numbers of the lanes in use, in the order of <see cref="IPhiloxLanes{TLanes}.BlockNumbers"/>.</summary>
    public static uint[] LaneNumbers() =>
        Vector512.IsHardwareAccelerated ? LaneNumbers<Vector512<ulong>, PhiloxLanes512>()
        : PhiloxLanes256.IsSupported ? LaneNumbers<Vector256<ulong>, PhiloxLanes256>()
        : PhiloxLanes128.IsSupported ? LaneNumbers<Vector128<ulong>, PhiloxLanes128>()
        : LaneNumbers<ulong, PhiloxLanes64>();

    private void DrawBlocks<TLanes, TPhiloxLanes, TRule>(int coins, Span<uint> results, TRule rule)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
        where TRule : struct, ICoinRule, allows ref struct
    {
        ref uint first = ref MemoryMarshal.GetReference(results);
        nuint words = (nuint)(TPhiloxLanes.Count * Philox4x32.WordsPerBlock);
        TLanes blocks = TPhiloxLanes.Add(TPhiloxLanes.BlockNumbers, TPhiloxLanes.Create(_firstBlock));
        nuint coin = 0;
        if ((nuint)coins >= 2 * words)
            coin = DrawPairs<TLanes, TPhiloxLanes, TRule>(ref blocks, (nuint)coins, ref first, rule);

        TLanes low = TPhiloxLanes.Create(_low);
        for (; coin < (nuint)coins; coin += words)
        {
            DrawVector<TLanes, TPhiloxLanes, TRule>(blocks, low, coin, ref Unsafe.Add(ref first, coin), rule);
            blocks = TPhiloxLanes.Add(blocks, TPhiloxLanes.Create((ulong)TPhiloxLanes.Count));
        }
    }

    // Not inlined, because its caller would then save the registers of both loops for rows of few coins, too.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private nuint DrawPairs<TLanes, TPhiloxLanes, TRule>(ref TLanes firstBlocks, nuint coins, ref uint first, TRule rule)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
        where TRule : struct, ICoinRule, allows ref struct
    {
        TLanes low = TPhiloxLanes.Create(_low);
        TLanes lanes = TPhiloxLanes.Create((ulong)TPhiloxLanes.Count);
        TLanes blocks = firstBlocks;
        nuint words = (nuint)(TPhiloxLanes.Count * Philox4x32.WordsPerBlock);
        nuint coin = 0;
        for (; coin + (2 * words) <= coins; coin += 2 * words)
        {
            TLanes nextBlocks = TPhiloxLanes.Add(blocks, lanes);
            Philox4x32.BlockPairs<TLanes, TPhiloxLanes>(
                blocks, nextBlocks, TPhiloxLanes.Create(_copy), low, TPhiloxLanes.Upper(low), _expandedKey,
                out var words0, out var words1);
            StoreWords<TLanes, TPhiloxLanes, TRule>(words0, coin, ref Unsafe.Add(ref first, coin), rule);
            StoreWords<TLanes, TPhiloxLanes, TRule>(words1, coin + words, ref Unsafe.Add(ref first, coin + words), rule);
            blocks = TPhiloxLanes.Add(nextBlocks, lanes);
        }

        firstBlocks = blocks;
        return coin;
    }

    private void DrawRows<TLanes, TPhiloxLanes, TRule>(RowBlocks blocks, int vectors, Span<uint> results, TRule rule)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
        where TRule : struct, ICoinRule, allows ref struct
    {
        TLanes blockOfLane = TPhiloxLanes.Load(in blocks.BlockOfLane[0], 0);
        TLanes low = TPhiloxLanes.Add(TPhiloxLanes.Create(_low), TPhiloxLanes.Load(in blocks.RowOfLane[0], 0));
        TLanes rows = TPhiloxLanes.Create((ulong)blocks.RowsPerVector);
        int wordsPerVector = blocks.RowsPerVector * blocks.WordsPerRow;
        results = results[..(((vectors - 1) * wordsPerVector) + WordsPerVector)];
        for (int vector = 0; vector < vectors; vector++)
        {
            DrawVector<TLanes, TPhiloxLanes, TRule>(blockOfLane, low, 0, ref results[vector * wordsPerVector], rule);
            low = TPhiloxLanes.Add(low, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<uint> DrawRow<TLanes, TPhiloxLanes>(RowBlocks blocks)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
    {
        TLanes blockOfLane = TPhiloxLanes.Load(in MemoryMarshal.GetArrayDataReference(blocks.BlockOfLane), 0);
        var (word0, word1, word2, word3) = Words<TLanes, TPhiloxLanes>(blockOfLane, TPhiloxLanes.Create(_low));
        var (lower, upper) = TPhiloxLanes.Interleave(word0, word1, word2, word3);
        return TPhiloxLanes.ToVector(lower, upper);
    }

    private static uint[] LaneNumbers<TLanes, TPhiloxLanes>()
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
    {
        var numbers = new uint[2 * TPhiloxLanes.Count];
        TPhiloxLanes.Store(TPhiloxLanes.BlockNumbers, ref numbers[0], 0);
        return numbers;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void DrawVector<TLanes, TPhiloxLanes, TRule>(TLanes blocks, TLanes low, nuint coin, ref uint results, TRule rule)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
        where TRule : struct, ICoinRule, allows ref struct =>
        StoreWords<TLanes, TPhiloxLanes, TRule>(Words<TLanes, TPhiloxLanes>(blocks, low), coin, ref results, rule);

    // Philox reads only the lower halves of the first and the third word of the counter.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (TLanes Word0, TLanes Word1, TLanes Word2, TLanes Word3) Words<TLanes, TPhiloxLanes>(TLanes blocks, TLanes low)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes> =>
        Philox4x32.Blocks<TLanes, TPhiloxLanes>(
            blocks, TPhiloxLanes.Create(_copy), low, TPhiloxLanes.Upper(low), _expandedKey);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreWords<TLanes, TPhiloxLanes, TRule>(
        (TLanes Word0, TLanes Word1, TLanes Word2, TLanes Word3) words, nuint coin, ref uint results, TRule rule)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
        where TRule : struct, ICoinRule, allows ref struct
    {
        var (lower, upper) = TPhiloxLanes.Interleave(words.Word0, words.Word1, words.Word2, words.Word3);
        nuint half = (nuint)(TPhiloxLanes.Count * Philox4x32.WordsPerBlock / 2);
        TPhiloxLanes.Store(rule.Invoke<TLanes, TPhiloxLanes>(lower, coin), ref results, 0);
        TPhiloxLanes.Store(rule.Invoke<TLanes, TPhiloxLanes>(upper, coin + half), ref results, half);
    }

    private static (uint K0, uint K1) KeyOf(ReadOnlySpan<ulong> expandedKey) => ((uint)expandedKey[0], (uint)expandedKey[1]);
}
