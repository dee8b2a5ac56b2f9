using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class TileTests
{
    [TestMethod]
    [DataRow(1, 16)]
    [DataRow(3, 18)]
    [DataRow(6, 18)]
    [DataRow(15, 30)]
    [DataRow(16, 16)]
    [DataRow(17, 17)]
    [DataRow(1000, 1000)]
    public void A_period_is_whole_periods_of_the_coins_and_a_vector_at_least(int coins, int expected)
    {
        Assert.AreEqual(expected, Tile.Period<float>(coins));
        Assert.AreEqual(expected + 15, Tile.Length<float>(expected));
    }

    [TestMethod]
    public void Masks_of_singles_fill_their_runs() => MasksFillTheirRuns<float>();

    [TestMethod]
    public void Masks_of_doubles_fill_their_runs() => MasksFillTheirRuns<double>();

    private static void MasksFillTheirRuns<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int runs = 1; runs <= 40; runs++)
        {
            for (int runLength = 1; runLength <= 40; runLength++)
            {
                uint[] keep = [.. Enumerable.Range(0, runs).Select(run => run % 3 == 1 ? 0 : uint.MaxValue)];
                var tile = new T[Tile.Length<T>(Tile.Period<T>(runs * runLength))];

                Tile.FillMasks(tile, keep, runLength);

                T[] expected = [.. tile.Select((_, i) => keep[i / runLength % runs] == 0 ? T.Zero : T.AllBitsSet)];
                Bits.AreEqual<T>(expected, tile, $"{runs} runs of {runLength}:");
            }
        }
    }
}
