using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>
/// Philox4x32-10, a counter-based random number generator. It is a keyed bijection of 128-bit counters, so a single call gives
/// any word of any stream.
/// </summary>
/// <remarks>
/// Salmon, Moraes, Dror, Shaw 2011, <em>Parallel Random Numbers: As Easy as 1, 2, 3</em> (the Random123 library).
/// </remarks>
internal static class Philox4x32
{
    /// <summary>The number of words that one call gives.</summary>
    public const int WordsPerBlock = 4;

    /// <summary>The length of an expanded key: two words for each round.</summary>
    public const int ExpandedKeyLength = 2 * Rounds;

    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;

    // The golden ratio and sqrt(3) - 1, as 32-bit fractions.
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;

    /// <summary>
    /// Computes the words of a key in every round. They are 64-bit numbers, as a vector's lanes are.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="expanded">Receives <see cref="ExpandedKeyLength"/> words.</param>
    public static void ExpandKey((uint K0, uint K1) key, Span<ulong> expanded)
    {
        for (int round = 0; round < Rounds; round++)
        {
            expanded[2 * round] = key.K0;
            expanded[(2 * round) + 1] = key.K1;
            key = (key.K0 + KeyStep0, key.K1 + KeyStep1);
        }
    }

    /// <summary>The four words of one counter under one key.</summary>
    public static (uint Word0, uint Word1, uint Word2, uint Word3) Block(
        (uint C0, uint C1, uint C2, uint C3) counter, (uint K0, uint K1) key)
    {
        Span<ulong> expandedKey = stackalloc ulong[ExpandedKeyLength];
        ExpandKey(key, expandedKey);
        (ulong word0, ulong word1, ulong word2, ulong word3) =
            Blocks<ulong, PhiloxLanes64>(counter.C0, counter.C1, counter.C2, counter.C3, expandedKey);
        return ((uint)word0, (uint)word1, (uint)word2, (uint)word3);
    }

    /// <summary>
    /// The four words of the counter in each lane. They are in the lower half of a lane; the upper half is undefined.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TLanes Word0, TLanes Word1, TLanes Word2, TLanes Word3) Blocks<TLanes, TPhiloxLanes>(
        TLanes c0, TLanes c1, TLanes c2, TLanes c3, ReadOnlySpan<ulong> expandedKey)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
    {
        ref ulong key = ref MemoryMarshal.GetReference(expandedKey[..ExpandedKeyLength]);
        for (nuint i = 0; i < ExpandedKeyLength; i += 2)
            (c0, c1, c2, c3) = Round<TLanes, TPhiloxLanes>(c0, c1, c2, c3, Unsafe.Add(ref key, i), Unsafe.Add(ref key, i + 1));
        return (c0, c1, c2, c3);
    }

    /// <summary>
    /// <see cref="Blocks{TLanes, TPhiloxLanes}"/> for two counters in each lane, which differ in their first word. A round waits
    /// for the round before it, so the processor works on one state while the other one waits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void BlockPairs<TLanes, TPhiloxLanes>(
        TLanes first, TLanes second, TLanes c1, TLanes c2, TLanes c3, ReadOnlySpan<ulong> expandedKey,
        out (TLanes Word0, TLanes Word1, TLanes Word2, TLanes Word3) firstWords,
        out (TLanes Word0, TLanes Word1, TLanes Word2, TLanes Word3) secondWords)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
    {
        ref ulong key = ref MemoryMarshal.GetReference(expandedKey[..ExpandedKeyLength]);
        (TLanes a0, TLanes a1, TLanes a2, TLanes a3) = (first, c1, c2, c3);
        (TLanes b0, TLanes b1, TLanes b2, TLanes b3) = (second, c1, c2, c3);
        for (nuint i = 0; i < ExpandedKeyLength; i += 2)
        {
            (ulong key0, ulong key1) = (Unsafe.Add(ref key, i), Unsafe.Add(ref key, i + 1));
            (a0, a1, a2, a3) = Round<TLanes, TPhiloxLanes>(a0, a1, a2, a3, key0, key1);
            (b0, b1, b2, b3) = Round<TLanes, TPhiloxLanes>(b0, b1, b2, b3, key0, key1);
        }

        firstWords = (a0, a1, a2, a3);
        secondWords = (b0, b1, b2, b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLanes C0, TLanes C1, TLanes C2, TLanes C3) Round<TLanes, TPhiloxLanes>(
        TLanes c0, TLanes c1, TLanes c2, TLanes c3, ulong key0, ulong key1)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
    {
        TLanes product0 = TPhiloxLanes.Multiply(c0, TPhiloxLanes.Create(Multiplier0));
        TLanes product1 = TPhiloxLanes.Multiply(c2, TPhiloxLanes.Create(Multiplier1));
        return (
            TPhiloxLanes.Xor(TPhiloxLanes.Upper(product1), c1, TPhiloxLanes.Create(key0)),
            product1,
            TPhiloxLanes.Xor(TPhiloxLanes.Upper(product0), c3, TPhiloxLanes.Create(key1)),
            product0);
    }
}
