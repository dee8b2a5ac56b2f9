using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>
/// Philox4x32-10, a counter-based random number generator: a keyed bijection of 128-bit counters, so that any word of any
/// stream is one function call away.
/// </summary>
/// <remarks>
/// Salmon, Moraes, Dror, Shaw 2011, <em>Parallel Random Numbers: As Easy as 1, 2, 3</em> (the Random123 library).
/// </remarks>
internal static class Philox4x32
{
    /// <summary>How many words one call gives.</summary>
    public const int WordsPerBlock = 4;

    /// <summary>The length of a key once it is expanded: two words for each round.</summary>
    public const int ExpandedKeyLength = 2 * Rounds;

    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;

    // The golden ratio and sqrt(3) - 1, as 32-bit fractions.
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;

    /// <summary>
    /// The words of a key in every round, as 64-bit numbers, so that a vector loads them into all of its lanes.
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
    /// The four words of one counter in each lane: in the lower half of the lane, whose upper half is of no meaning.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TLanes Word0, TLanes Word1, TLanes Word2, TLanes Word3) Blocks<TLanes, TPhiloxLanes>(
        TLanes c0, TLanes c1, TLanes c2, TLanes c3, ReadOnlySpan<ulong> expandedKey)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
    {
        ref ulong key = ref MemoryMarshal.GetReference(expandedKey[..ExpandedKeyLength]);
        TLanes multiplier0 = TPhiloxLanes.Create(Multiplier0);
        TLanes multiplier1 = TPhiloxLanes.Create(Multiplier1);
        for (nuint i = 0; i < ExpandedKeyLength; i += 2)
        {
            TLanes product0 = TPhiloxLanes.Multiply(c0, multiplier0);
            TLanes product1 = TPhiloxLanes.Multiply(c2, multiplier1);
            (c0, c1, c2, c3) = (
                TPhiloxLanes.Xor(TPhiloxLanes.Upper(product1), c1, TPhiloxLanes.Create(Unsafe.Add(ref key, i))),
                product1,
                TPhiloxLanes.Xor(TPhiloxLanes.Upper(product0), c3, TPhiloxLanes.Create(Unsafe.Add(ref key, i + 1))),
                product0);
        }

        return (c0, c1, c2, c3);
    }
}
