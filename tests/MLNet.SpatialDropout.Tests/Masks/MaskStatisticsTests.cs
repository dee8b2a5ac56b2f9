namespace MLNet.SpatialDropout.Tests;

/// <summary>The masks pass as random, and the tests that say so fail for samplers that are broken on purpose.</summary>
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

        // The last coin copies the first, as with a generator whose period is too short.
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

        // The lowest bit of the row, or the whole high half, plays no part.
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
}
