namespace MLNet.SpatialDropout.Tests;

/// <summary>The masks pass tests of randomness, and samplers that are broken on purpose fail them.</summary>
[TestClass]
public sealed class MaskStatisticsTests
{
    private readonly MaskStatistics _library = MaskStatistics.OfTheLibrary();

    [TestMethod]
    public void Each_coin_drops_at_its_rate()
    {
        Assert.IsTrue(_library.EachCoinDropsAtItsRate());

        // One coin of 24 that drops at 0.37 instead of 0.3.
        var random = new Random(1);
        Assert.IsFalse(new MaskStatistics((seed, row) =>
        {
            bool[] keep = MaskStatistics.Draw(seed, row);
            keep[7] &= random.NextDouble() > 0.1;
            return keep;
        }).EachCoinDropsAtItsRate());
    }

    [TestMethod]
    public void Coins_are_independent()
    {
        Assert.IsTrue(_library.CoinsAreIndependent());

        // The last coin equals the first, as with a generator whose period is too short.
        Assert.IsFalse(new MaskStatistics((seed, row) =>
        {
            bool[] keep = MaskStatistics.Draw(seed, row);
            keep[^1] = keep[0];
            return keep;
        }).CoinsAreIndependent());
    }

    [TestMethod]
    public void Rows_are_independent()
    {
        Assert.IsTrue(_library.NeighbouringRowsAreIndependent());
        Assert.IsTrue(_library.RowsWithTheSameLowHalfAreIndependent());

        // Ignores the lowest bit of the row, or the whole high half.
        Assert.IsFalse(new MaskStatistics((seed, row) => MaskStatistics.Draw(seed, row with { Low = row.Low / 2 }))
            .NeighbouringRowsAreIndependent());
        Assert.IsFalse(new MaskStatistics((seed, row) => MaskStatistics.Draw(seed, row with { High = 0 }))
            .RowsWithTheSameLowHalfAreIndependent());
    }

    [TestMethod]
    public void Copies_are_independent()
    {
        Assert.IsTrue(_library.CopiesAreIndependent());
        Assert.IsFalse(new MaskStatistics((seed, row) => MaskStatistics.Draw(seed, row with { Copy = 0 }))
            .CopiesAreIndependent());
    }

    [TestMethod]
    public void Seeds_are_independent()
    {
        Assert.IsTrue(_library.NeighbouringSeedsAreIndependent());

        Assert.IsFalse(new MaskStatistics((_, row) => MaskStatistics.Draw(1, row)).NeighbouringSeedsAreIndependent());
    }

    /// <summary>DroppedChannels: every count from min to max is equally likely, and so is every coin.</summary>
    [TestMethod]
    public void Counts_are_uniform()
    {
        var options = new DropoutOptions { Channels = 8, DroppedChannels = (2, 6), Seed = 5 };

        int[] counts = Tally(options, mask => mask.Count(kept => !kept), 9);
        Assert.IsTrue(counts[..2].All(count => count == 0) && counts[7..].All(count => count == 0), "none outside");
        Assert.IsTrue(MaskStatistics.AreEquallyLikely(counts[2..7]));

        int[] coins = new int[8];
        for (int coin = 0; coin < 8; coin++)
            coins[coin] = Tally(options, mask => mask[coin] ? 0 : 1, 2)[1];
        Assert.IsTrue(coins.All(drops => Math.Abs(drops - 2000) < 5 * Math.Sqrt(1000)), string.Join(' ', coins));

        // A sampler that draws the smallest count too often fails.
        Assert.IsFalse(MaskStatistics.AreEquallyLikely([counts[2] + 200, counts[3] - 200, counts[4], counts[5], counts[6]]));
    }

    [TestMethod]
    public void Rows_are_touched_at_their_probability()
    {
        var options = new DropoutOptions { Channels = 8, Rate = 1, RowProbability = 0.25, Seed = 5 };

        int[] touched = Tally(options, mask => mask[0] ? 0 : 1, 2);

        // For 4000 tosses at 0.25 the standard deviation is 27. Five of them are exceeded for one seed in two million.
        Assert.AreEqual(1000, touched[1], delta: 137);
    }

    [TestMethod]
    public void Each_coin_drops_at_a_rate_of_its_own()
    {
        double[] rates = [0, 0.05, 0.2, 0.5, 0.8, 1];
        var options = new DropoutOptions { Channels = 6, Rates = rates, Seed = 5 };

        for (int coin = 0; coin < rates.Length; coin++)
        {
            int drops = Tally(options, mask => mask[coin] ? 0 : 1, 2)[1];
            Assert.AreEqual(4000 * rates[coin], drops, 5 * Math.Sqrt(4000 * rates[coin] * (1 - rates[coin])), $"coin {coin}");
        }
    }

    private static int[] Tally(DropoutOptions options, Func<bool[], int> outcome, int outcomes)
    {
        var plan = DropoutPlan.Create(options, options.Channels!.Value);
        var keep = new bool[plan.MaskLength];
        var tally = new int[outcomes];
        for (uint row = 0; row < 4000; row++)
        {
            plan.DrawMask(new MaskKey(row), keep);
            tally[outcome(keep)]++;
        }

        return tally;
    }
}
