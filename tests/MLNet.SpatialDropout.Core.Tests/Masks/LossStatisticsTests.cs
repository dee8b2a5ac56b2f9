namespace MLNet.SpatialDropout.Tests;

/// <summary>The draws of fills and steps pass tests of randomness, and samplers that are broken on purpose fail them.</summary>
[TestClass]
public sealed class LossStatisticsTests
{
    private readonly LossStatistics _library = new(LossStatistics.Draw);

    [TestMethod]
    public void Fills_are_equally_likely()
    {
        Assert.IsTrue(_library.NothingIsOutOfRange());
        Assert.IsTrue(_library.FillsAreEquallyLikely());

        // The last fill of one coin of 24 becomes the first in every fifth row.
        Assert.IsFalse(Broken((row, loss) => loss with
        {
            Fills = [.. loss.Fills.Select((fill, coin) => coin == 7 && row.Low % 5 == 0 && fill == 2 ? 0 : fill)],
        }).FillsAreEquallyLikely());
    }

    [TestMethod]
    public void Fills_are_independent_of_the_mask()
    {
        Assert.IsTrue(_library.FillsAreIndependentOfTheMask());

        // The fill is drawn from the word of the mask, so that what drops always takes the first.
        LossStatistics broken = Broken((row, loss) => loss with
        {
            Fills = [.. loss.Fills.Select((_, coin) => Share(Word(row, (uint)coin / 4, coin % 4), LossStatistics.Fills))],
        });
        Assert.IsTrue(broken.FillsAreEquallyLikely());
        Assert.IsFalse(broken.FillsAreIndependentOfTheMask());
    }

    [TestMethod]
    public void Fills_of_coins_are_independent()
    {
        Assert.IsTrue(_library.FillsOfCoinsAreIndependent());

        // One word for the row; or each block of four coins takes its first word.
        Assert.IsFalse(Broken((_, loss) => loss with { Fills = [.. loss.Fills.Select(_ => loss.Fills[0])] })
            .FillsOfCoinsAreIndependent());
        Assert.IsFalse(Broken((_, loss) => loss with { Fills = [.. loss.Fills.Select((_, coin) => loss.Fills[coin / 4 * 4])] })
            .FillsOfCoinsAreIndependent());
    }

    [TestMethod]
    public void Numbers_of_steps_are_equally_likely()
    {
        Assert.IsTrue(_library.NumbersOfStepsAreEquallyLikely());

        // The least number comes too often, or the largest never.
        Assert.IsFalse(Broken((row, loss) => row.Low % 16 == 0 ? loss with { Count = LossStatistics.Outage.Min } : loss)
            .NumbersOfStepsAreEquallyLikely());
        Assert.IsFalse(Broken((row, loss) => loss with
        {
            Count = LossStatistics.Outage.Min
                + Share(RowWord(row, 2), LossStatistics.Outage.Max - LossStatistics.Outage.Min),
        }).NumbersOfStepsAreEquallyLikely());
    }

    [TestMethod]
    public void First_steps_are_equally_likely()
    {
        Assert.IsTrue(_library.FirstStepsAreEquallyLikely());

        // The first step is drawn from the word of the number of steps; or the last place is never reached.
        LossStatistics broken = Broken((row, loss) => loss with
        {
            First = Share(RowWord(row, 2), Places(loss)),
        });
        Assert.IsTrue(broken.NumbersOfStepsAreEquallyLikely());
        Assert.IsFalse(broken.FirstStepsAreEquallyLikely());
        Assert.IsFalse(Broken((row, loss) => loss with { First = Share(RowWord(row, 3), LossStatistics.Steps - loss.Count) })
            .FirstStepsAreEquallyLikely());
    }

    [TestMethod]
    public void Steps_are_independent_of_mask_and_fills()
    {
        Assert.IsTrue(_library.StepsAreIndependentOfTheMask());
        Assert.IsTrue(_library.StepsAreIndependentOfTheFills());

        // The first coin's word of the mask, or of the fills, is taken for the number of steps, or for the first step.
        foreach ((uint block, bool isMask) in new[] { (0U, true), (0x40000000U, false) })
        {
            LossStatistics byNumber = Broken((row, loss) =>
            {
                int count = LossStatistics.Outage.Min
                    + Share(Word(row, block, 0), LossStatistics.Outage.Max - LossStatistics.Outage.Min + 1);
                return loss with { Count = count, First = Share(RowWord(row, 3), LossStatistics.Steps - count + 1) };
            });
            LossStatistics byFirst = Broken(
                (row, loss) => loss with { First = Share(Word(row, block, 0), Places(loss)) });
            foreach (LossStatistics broken in new[] { byNumber, byFirst })
            {
                Assert.IsTrue(broken.NumbersOfStepsAreEquallyLikely() && broken.FirstStepsAreEquallyLikely());
                Assert.AreNotEqual(isMask, broken.StepsAreIndependentOfTheMask());
                Assert.AreEqual(isMask, broken.StepsAreIndependentOfTheFills());
            }
        }
    }

    /// <summary>How many coins drop is drawn from a word of the same block as the steps.</summary>
    [TestMethod]
    public void Numbers_of_coins_and_of_steps_are_independent()
    {
        Assert.IsTrue(AreIndependent(loss => loss));

        // The number of steps follows from the number of coins.
        Assert.IsFalse(AreIndependent(loss => loss with { Count = 1 + loss.Keep.Count(kept => !kept) }));

        static bool AreIndependent(Func<RowLoss, RowLoss> change)
        {
            var sampler = new CoinSampler(new DropoutOptions { DroppedChannels = (0, 3) }, seed: 1, coins: 4);
            var keep = new uint[sampler.MaskLength];
            var tally = new int[16];
            for (uint row = 0; row < 4000; row++)
            {
                var key = new MaskKey(row);
                sampler.Draw(in key, keep);
                (int first, int count) = sampler.DrawSteps(in key, (1, 4), steps: 9);
                RowLoss loss = change(new RowLoss([.. keep.Take(4).Select(mask => mask != 0)], [], first, count));
                tally[(4 * loss.Keep.Count(kept => !kept)) + loss.Count - 1]++;
            }

            return MaskStatistics.AreEquallyLikely(tally);
        }
    }

    [TestMethod]
    public void Rows_copies_and_seeds_are_independent()
    {
        Assert.IsTrue(_library.NeighbouringRowsAreIndependent());
        Assert.IsTrue(_library.RowsWithTheSameLowHalfAreIndependent());
        Assert.IsTrue(_library.CopiesAreIndependent());
        Assert.IsTrue(_library.NeighbouringSeedsAreIndependent());

        // Ignores the lowest bit of the row, the whole high half, the copy or the seed.
        Assert.IsFalse(new LossStatistics((seed, row) => LossStatistics.Draw(seed, row with { Low = row.Low / 2 }))
            .NeighbouringRowsAreIndependent());
        Assert.IsFalse(new LossStatistics((seed, row) => LossStatistics.Draw(seed, row with { High = 0 }))
            .RowsWithTheSameLowHalfAreIndependent());
        Assert.IsFalse(new LossStatistics((seed, row) => LossStatistics.Draw(seed, row with { Copy = 0 }))
            .CopiesAreIndependent());
        Assert.IsFalse(new LossStatistics((_, row) => LossStatistics.Draw(1, row)).NeighbouringSeedsAreIndependent());

        // Only one of the three draws ignores the copy.
        foreach (Func<RowLoss, RowLoss, RowLoss> merge in new Func<RowLoss, RowLoss, RowLoss>[]
        {
            (loss, other) => loss with { Fills = other.Fills },
            (loss, other) => loss with { Count = other.Count, First = loss.First * Places(other) / Places(loss) },
            (loss, other) => loss with { First = other.First * Places(loss) / Places(other) },
        })
        {
            Assert.IsFalse(Broken((row, loss) => merge(loss, LossStatistics.Draw(1, row with { Copy = 0 })))
                .CopiesAreIndependent());
        }
    }

    private static LossStatistics Broken(Func<MaskKey, RowLoss, RowLoss> change) =>
        new((seed, row) => change(row, LossStatistics.Draw(seed, row)));

    // How many first steps are possible.
    private static int Places(RowLoss loss) => LossStatistics.Steps - loss.Count + 1;

    private static int Share(uint word, int count) => (int)((word * (ulong)count) >> 32);

    private static uint RowWord(MaskKey row, int word) => Word(row, 0xFFFFFFFF, word);

    // The samplers are broken for the seed and the keys that the tests draw: seed 1, keys without a high half.
    private static uint Word(MaskKey row, uint block, int word) =>
        ReferenceDropout.Philox([block, row.Copy, (uint)row.Low, (uint)(row.Low >> 32)], [1, 0])[word];
}
