using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLNet.SpatialDropout;

/// <summary>The random words of one copy of one row.</summary>
internal readonly ref struct CoinStream
{
    // The block of the words that decide over the row as a whole; those of the coins are numbered from 0 and never get there.
    private const uint RowBlock = 0xFFFFFFFF;

    private readonly ReadOnlySpan<ulong> _expandedKey;
    private readonly ulong _low;
    private readonly uint _copy;
    private readonly uint _firstBlock;

    /// <param name="expandedKey">The key of the row's stream, expanded: see <see cref="ExpandKey"/>.</param>
    /// <param name="low">The low half of the row's key.</param>
    /// <param name="copy">Which copy of the row.</param>
    /// <param name="firstBlock">The block that the first coin of <see cref="Draw"/> belongs to.</param>
    public CoinStream(ReadOnlySpan<ulong> expandedKey, ulong low, uint copy, uint firstBlock = 0)
    {
        _expandedKey = expandedKey;
        _low = low;
        _copy = copy;
        _firstBlock = firstBlock;
    }

    /// <summary>The number of words that the widest vector of blocks holds.</summary>
    public static int WordsPerVector => PhiloxLanes512.Count * Philox4x32.WordsPerBlock;

    /// <summary>How many words <see cref="Draw"/> writes for some number of coins: whole vectors of blocks.</summary>
    public static int RoomFor(int coins) => (coins + WordsPerVector - 1) / WordsPerVector * WordsPerVector;

    /// <summary>
    /// How many rows of so few coins that they fit into one vector are drawn by it; 1 where there are more coins.
    /// </summary>
    public static int RowsPerVector(int coins) => Math.Max(1, LanesInUse / BlocksOf(coins));

    /// <summary>How many words lie between those of one row and the next, where rows are drawn together: whole blocks.</summary>
    public static int WordsPerRow(int coins) => BlocksOf(coins) * Philox4x32.WordsPerBlock;

    private static int LanesInUse =>
        Vector512.IsHardwareAccelerated ? PhiloxLanes512.Count
        : Avx2.IsSupported ? PhiloxLanes256.Count
        : Sse2.IsSupported ? PhiloxLanes128.Count
        : PhiloxLanes64.Count;

    /// <summary>The same stream, from a coin on that begins a block.</summary>
    public CoinStream From(int coin) => new(_expandedKey, _low, _copy, (uint)coin / Philox4x32.WordsPerBlock);

    /// <summary>The key of the streams of all rows whose key has the same high half.</summary>
    /// <remarks>
    /// A counter has room for half of a row's key; the other half, where it is in use, goes into the key of the stream.
    /// </remarks>
    public static void ExpandKey(ReadOnlySpan<ulong> expandedSeed, ulong high, Span<ulong> expandedKey)
    {
        (uint k0, uint k1, _, _) = Philox4x32.Block(((uint)high, (uint)(high >> 32), 0, 0), KeyOf(expandedSeed));
        Philox4x32.ExpandKey((k0, k1), expandedKey);
    }

    /// <summary>The words that decide over the row: whether it is touched, and how many of its coins drop.</summary>
    public (uint Touch, uint Count) RowWords()
    {
        (uint touch, uint count, _, _) = Philox4x32.Block(
            (RowBlock, _copy, (uint)_low, (uint)(_low >> 32)), KeyOf(_expandedKey));
        return (touch, count);
    }

    /// <summary>Draws the words of the coins 0, 1, 2, ... and writes what a rule makes of them.</summary>
    /// <param name="coins">The number of coins.</param>
    /// <param name="results">Receives one result for each; <see cref="RoomFor"/> them, what lies beyond is of no meaning.</param>
    /// <param name="rule">What to make of a word.</param>
    public void Draw<TRule>(int coins, Span<uint> results, TRule rule)
        where TRule : struct, ICoinRule, allows ref struct
    {
        results = results[..RoomFor(coins)];
        if (Vector512.IsHardwareAccelerated)
            DrawBlocks<Vector512<ulong>, PhiloxLanes512, TRule>(coins, results, rule);
        else if (Avx2.IsSupported)
            DrawBlocks<Vector256<ulong>, PhiloxLanes256, TRule>(coins, results, rule);
        else if (Sse2.IsSupported)
            DrawBlocks<Vector128<ulong>, PhiloxLanes128, TRule>(coins, results, rule);
        else
            DrawBlocks<ulong, PhiloxLanes64, TRule>(coins, results, rule);
    }

    /// <summary>
    /// Draws the words of this row and of those with the next keys, as many rows to a vector as there is room for.
    /// </summary>
    /// <param name="coins">The number of coins of a row.</param>
    /// <param name="vectors">The number of vectors to fill, of <see cref="RowsPerVector"/> rows each.</param>
    /// <param name="results">
    /// Receives one result for each coin, row after row at a distance of <see cref="WordsPerRow"/>, and what a vector holds
    /// beyond.
    /// </param>
    /// <param name="rule">What to make of a word; the coins it is asked for are counted from the first row of the vector.</param>
    public void DrawRows<TRule>(int coins, int vectors, Span<uint> results, TRule rule)
        where TRule : struct, ICoinRule, allows ref struct
    {
        if (Vector512.IsHardwareAccelerated)
            DrawRows<Vector512<ulong>, PhiloxLanes512, TRule>(coins, vectors, results, rule);
        else if (Avx2.IsSupported)
            DrawRows<Vector256<ulong>, PhiloxLanes256, TRule>(coins, vectors, results, rule);
        else if (Sse2.IsSupported)
            DrawRows<Vector128<ulong>, PhiloxLanes128, TRule>(coins, vectors, results, rule);
        else
            DrawRows<ulong, PhiloxLanes64, TRule>(coins, vectors, results, rule);
    }

    private void DrawBlocks<TLanes, TPhiloxLanes, TRule>(int coins, Span<uint> results, TRule rule)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
        where TRule : struct, ICoinRule, allows ref struct
    {
        ref uint first = ref MemoryMarshal.GetReference(results);
        int wordsOfPair = 2 * TPhiloxLanes.Count * Philox4x32.WordsPerBlock;
        int inPairs = coins / wordsOfPair * wordsOfPair;
        if (inPairs > 0)
            DrawBlocks<LanesPair<TLanes>, PhiloxLanesPair<TLanes, TPhiloxLanes>, TRule>(0, inPairs, ref first, rule);
        if (inPairs < coins)
            DrawBlocks<TLanes, TPhiloxLanes, TRule>(inPairs, coins, ref first, rule);
    }

    // Apart from its caller, which would keep room on its stack for both widths, and clear it for every row.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DrawBlocks<TLanes, TPhiloxLanes, TRule>(int from, int to, ref uint first, TRule rule)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
        where TRule : struct, ICoinRule, allows ref struct
    {
        ulong firstBlock = _firstBlock + ((ulong)from / Philox4x32.WordsPerBlock);
        TLanes blocks = TPhiloxLanes.Add(TPhiloxLanes.BlockNumbers, TPhiloxLanes.Create(firstBlock));
        TLanes low = TPhiloxLanes.Create(_low);
        nuint words = (nuint)(TPhiloxLanes.Count * Philox4x32.WordsPerBlock);
        for (nuint coin = (nuint)from; coin < (nuint)to; coin += words)
        {
            DrawVector<TLanes, TPhiloxLanes, TRule>(blocks, low, coin, ref Unsafe.Add(ref first, coin), rule);
            blocks = TPhiloxLanes.Add(blocks, TPhiloxLanes.Create((ulong)TPhiloxLanes.Count));
        }
    }

    [SkipLocalsInit]
    private void DrawRows<TLanes, TPhiloxLanes, TRule>(int coins, int vectors, Span<uint> results, TRule rule)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
        where TRule : struct, ICoinRule, allows ref struct
    {
        // The words of a vector come out in the order of its block numbers: number n is block n mod blocks of row n div blocks.
        Span<uint> blockOfLane = stackalloc uint[2 * TPhiloxLanes.Count];
        Span<uint> rowOfLane = stackalloc uint[2 * TPhiloxLanes.Count];
        TPhiloxLanes.Store(TPhiloxLanes.BlockNumbers, ref blockOfLane[0], 0);
        for (int i = 0; i < blockOfLane.Length; i++)
            (rowOfLane[i], blockOfLane[i]) = Math.DivRem(blockOfLane[i], (uint)BlocksOf(coins));

        TLanes blocks = TPhiloxLanes.Load(in blockOfLane[0], 0);
        TLanes low = TPhiloxLanes.Add(TPhiloxLanes.Create(_low), TPhiloxLanes.Load(in rowOfLane[0], 0));
        TLanes rows = TPhiloxLanes.Create((ulong)RowsPerVector(coins));
        int wordsPerVector = RowsPerVector(coins) * WordsPerRow(coins);
        results = results[..(((vectors - 1) * wordsPerVector) + WordsPerVector)];
        for (int vector = 0; vector < vectors; vector++)
        {
            DrawVector<TLanes, TPhiloxLanes, TRule>(blocks, low, 0, ref results[vector * wordsPerVector], rule);
            low = TPhiloxLanes.Add(low, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void DrawVector<TLanes, TPhiloxLanes, TRule>(TLanes blocks, TLanes low, nuint coin, ref uint results, TRule rule)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
        where TRule : struct, ICoinRule, allows ref struct
    {
        // Of the first and the third word of the counter, Philox reads the lower half alone.
        var words = Philox4x32.Blocks<TLanes, TPhiloxLanes>(
            blocks, TPhiloxLanes.Create(_copy), low, TPhiloxLanes.Upper(low), _expandedKey);
        var (lower, upper) = TPhiloxLanes.Interleave(words.Word0, words.Word1, words.Word2, words.Word3);
        nuint half = (nuint)(TPhiloxLanes.Count * Philox4x32.WordsPerBlock / 2);
        TPhiloxLanes.Store(rule.Invoke<TLanes, TPhiloxLanes>(lower, coin), ref results, 0);
        TPhiloxLanes.Store(rule.Invoke<TLanes, TPhiloxLanes>(upper, coin + half), ref results, half);
    }

    private static int BlocksOf(int coins) => (coins + Philox4x32.WordsPerBlock - 1) / Philox4x32.WordsPerBlock;

    private static (uint K0, uint K1) KeyOf(ReadOnlySpan<ulong> expandedKey) => ((uint)expandedKey[0], (uint)expandedKey[1]);
}
