using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class FillVectorTests
{
    private const int Lanes = 16;

    // By chance, no word lies so near to the least one that chooses a fill.
    [TestMethod]
    public void The_least_word_of_each_fill_and_the_word_below_it_choose_as_defined()
    {
        for (int fills = 2; fills <= 9; fills++)
        {
            var vector = new FillVector<float>(
                new NoiseBroadcast([1, Lanes], [1, Lanes]), [.. Enumerable.Range(0, fills).Select(fill => new float[] { fill })],
                firstWord: 0);
            for (int fill = 0; fill < fills; fill++)
            {
                uint least = (uint)(((fill * (1L << 32)) + fills - 1) / fills);
                uint[] words = [.. Enumerable.Range(0, Lanes).Select(lane => unchecked(least + (uint)lane - 8))];
                Vector512<float> selected = vector.Select(Vector512.Create(words), Vector512<float>.Zero);

                Assert.AreEqual((uint)fill, CoinSampler.FillOf(least, fills));
                Assert.AreEqual(
                    Vector512.Create([.. words.Select(word => (float)CoinSampler.FillOf(word, fills))]), selected);
            }
        }
    }

    [TestMethod]
    public void Channels_of_a_group_take_one_fill_each_with_its_own_value()
    {
        var vector = new FillVector<float>(
            new NoiseBroadcast([4, 7], [1, 7], [3, 0, 3, 1]), [[10, 11, 12, 13, 14, 15, 16], null, [-1]], firstWord: 2);
        float[] lastValues = [.. Enumerable.Range(0, Lanes).Select(channel => 20f + channel)];

        uint[] words = [7, 7, 0, uint.MaxValue, 1U << 31, uint.MaxValue, .. new uint[10]];
        Vector512<float> selected = vector.Select(Vector512.Create(words), Vector512.Create(lastValues));

        CollectionAssert.AreEqual(
            new float[] { 10, 11, 12, 23, 24, 25, -1 }, Enumerable.Range(0, 7).Select(lane => selected[lane]).ToArray());
    }
}
