using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Blocks in the lanes of vectors, against the scalar reference, at every width that the hardware has.</summary>
[TestClass]
public sealed class PhiloxLanesTests
{
    private static readonly uint[] Key = [7, 0x299f31d0];

    [TestMethod]
    public void One_block_at_a_time_and_two()
    {
        OneAndTwoEqualTheReference<ulong, PhiloxLanes64>();
    }

    [TestMethod]
    public void Vectors_of_the_hardware()
    {
        if (PhiloxLanes128.IsSupported)
            OneAndTwoEqualTheReference<Vector128<ulong>, PhiloxLanes128>();
        if (PhiloxLanes256.IsSupported)
            OneAndTwoEqualTheReference<Vector256<ulong>, PhiloxLanes256>();
        if (Avx512F.IsSupported)
            OneAndTwoEqualTheReference<Vector512<ulong>, PhiloxLanes512>();
    }

    private static void OneAndTwoEqualTheReference<TLanes, TPhiloxLanes>()
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
    {
        EqualTheReference<TLanes, TPhiloxLanes>();
        PairsEqualTheReference<TLanes, TPhiloxLanes>();
    }

    private static void PairsEqualTheReference<TLanes, TPhiloxLanes>()
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
    {
        var expandedKey = new ulong[Philox4x32.ExpandedKeyLength];
        Philox4x32.ExpandKey((Key[0], Key[1]), expandedKey);
        TLanes next = TPhiloxLanes.Add(TPhiloxLanes.BlockNumbers, TPhiloxLanes.Create((ulong)TPhiloxLanes.Count));
        Philox4x32.BlockPairs<TLanes, TPhiloxLanes>(
            TPhiloxLanes.BlockNumbers, next, TPhiloxLanes.Create(3), TPhiloxLanes.Create(0xFFFFFFFFFFFFFFFF),
            TPhiloxLanes.Create(0x13198a2e), expandedKey, out var first, out var second);

        int half = 2 * TPhiloxLanes.Count;
        var words = new uint[4 * half];
        Store(first, 0);
        Store(second, 2 * half);
        uint[] expected = [.. Enumerable.Range(0, 2 * TPhiloxLanes.Count)
            .SelectMany(block => ReferenceDropout.Philox([(uint)block, 3, 0xFFFFFFFF, 0x13198a2e], Key))];
        CollectionAssert.AreEqual(expected, words);

        void Store((TLanes Word0, TLanes Word1, TLanes Word2, TLanes Word3) state, int index)
        {
            (TLanes lower, TLanes upper) = TPhiloxLanes.Interleave(state.Word0, state.Word1, state.Word2, state.Word3);
            TPhiloxLanes.Store(lower, ref words[0], (nuint)index);
            TPhiloxLanes.Store(upper, ref words[0], (nuint)(index + half));
        }
    }

    private static void EqualTheReference<TLanes, TPhiloxLanes>()
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes>
    {
        var expandedKey = new ulong[Philox4x32.ExpandedKeyLength];
        Philox4x32.ExpandKey((Key[0], Key[1]), expandedKey);
        (TLanes word0, TLanes word1, TLanes word2, TLanes word3) = Philox4x32.Blocks<TLanes, TPhiloxLanes>(
            TPhiloxLanes.BlockNumbers, TPhiloxLanes.Create(3), TPhiloxLanes.Create(0xFFFFFFFFFFFFFFFF),
            TPhiloxLanes.Create(0x13198a2e), expandedKey);
        (TLanes first, TLanes second) = TPhiloxLanes.Interleave(word0, word1, word2, word3);

        int half = 2 * TPhiloxLanes.Count;
        var words = new uint[2 * half];
        TPhiloxLanes.Store(first, ref words[0], 0);
        TPhiloxLanes.Store(second, ref words[0], (nuint)half);
        uint[] expected = [.. Enumerable.Range(0, TPhiloxLanes.Count)
            .SelectMany(block => ReferenceDropout.Philox([(uint)block, 3, 0xFFFFFFFF, 0x13198a2e], Key))];
        CollectionAssert.AreEqual(expected, words);

        Vector512<uint> vector = TPhiloxLanes.ToVector(first, second);
        for (int word = 0; word < Math.Min(words.Length, Vector512<uint>.Count); word++)
            Assert.AreEqual(expected[word], vector[word], $"word {word}");

        // Varies each half of a lane alone, also at the edges of the comparison.
        uint[] thresholds = [.. expected.Select((word, i) => i % 3 == 0 ? word : i % 3 == 1 ? 0 : uint.MaxValue)];
        TLanes atLeast = TPhiloxLanes.IsAtLeast(TPhiloxLanes.Load(in words[0], 0), TPhiloxLanes.Load(in thresholds[0], 0));
        TPhiloxLanes.Store(atLeast, ref words[0], 0);
        for (int i = 0; i < half; i++)
            Assert.AreEqual(expected[i] >= thresholds[i] ? uint.MaxValue : 0, words[i]);
    }
}
