namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Chi-square tests of a sampler of losses: which fill, how many steps, from which step on. As strict as
/// <see cref="MaskStatistics"/>.
/// </summary>
internal sealed class LossStatistics
{
    public const int Coins = 24;
    public const int Fills = 3;
    public const int Steps = 12;

    private const int Rows = 4000;
    private const double Rate = 0.3;

    private readonly Func<int, MaskKey, RowLoss> _draw;
    private readonly RowLoss[] _losses;

    /// <param name="draw">
    /// Draws the losses of a seed and a row: 24 coins that drop at a rate of 0.3, each with one of 3 fills, for some of 12 steps.
    /// </param>
    public LossStatistics(Func<int, MaskKey, RowLoss> draw)
    {
        _draw = draw;
        _losses = Losses(Row);
    }

    /// <summary>How many steps are lost.</summary>
    public static CountRange Outage => new(3, 10);

    /// <summary>The draws of the library.</summary>
    public static RowLoss Draw(int seed, MaskKey row)
    {
        var sampler = new CoinSampler(new DropoutOptions { Rate = Rate }, seed, Coins);
        var keep = new uint[sampler.MaskLength];
        var fills = new uint[sampler.MaskLength];
        Assert.IsTrue(sampler.Draw(in row, keep));
        sampler.DrawFills(in row, Fills, fills);
        (int first, int count) = sampler.DrawSteps(in row, Outage, Steps);
        return new RowLoss(
            [.. keep.Take(Coins).Select(mask => mask != 0)], [.. fills.Take(Coins).Select(fill => (int)fill)], first, count);
    }

    public bool NothingIsOutOfRange() => _losses.All(loss =>
        loss.Fills.All(fill => fill is >= 0 and < Fills)
        && loss.Count >= Outage.Min && loss.Count <= Outage.Max && loss.First >= 0 && loss.First + loss.Count <= Steps);

    public bool FillsAreEquallyLikely() => AreUniform(
        Enumerable.Range(0, Coins).Select(coin => Tally(_losses, loss => loss.Fills[coin], Fills)));

    /// <summary>Whether the coins that drop take each fill equally often.</summary>
    public bool FillsAreIndependentOfTheMask() => AreUniform(Enumerable.Range(0, Coins).Select(
        coin => Tally(_losses.Where(loss => !loss.Keep[coin]), loss => loss.Fills[coin], Fills)));

    /// <summary>Whether the fills of any two coins differ by 0, 1, 2 equally often.</summary>
    public bool FillsOfCoinsAreIndependent() => AreUniform(
        from first in Enumerable.Range(0, Coins)
        from second in Enumerable.Range(first + 1, Coins - first - 1)
        select Tally(_losses, loss => Difference(loss.Fills[first], loss.Fills[second], Fills), Fills));

    public bool NumbersOfStepsAreEquallyLikely() => AreUniform([Tally(_losses, NumberOf, Numbers)]);

    /// <summary>Whether an outage of so many steps begins equally often wherever it can.</summary>
    public bool FirstStepsAreEquallyLikely() => AreUniform(Enumerable.Range(Outage.Min, Numbers).Select(
        count => Tally(_losses.Where(loss => loss.Count == count), loss => loss.First, Steps - count + 1)));

    /// <summary>Whether the coins drop as often in short outages as in long ones, and in early ones as in late ones.</summary>
    public bool StepsAreIndependentOfTheMask() => AreUncorrelatedWithSteps(
        (loss, coin) => ((loss.Keep[coin] ? 0 : 1) - Rate) / Math.Sqrt(Rate * (1 - Rate)));

    /// <summary>Whether the coins take their fills alike in short outages and long ones, in early ones and late ones.</summary>
    public bool StepsAreIndependentOfTheFills() => AreUncorrelatedWithSteps(
        (loss, coin) => Standardized(loss.Fills[coin], Fills));

    public bool NeighbouringRowsAreIndependent() => AreIndependentOf(Losses(row => Row(row + 1)));

    public bool RowsWithTheSameLowHalfAreIndependent() => AreIndependentOf(Losses(row => new MaskKey((ulong)row, 1)));

    public bool CopiesAreIndependent() => AreIndependentOf(Losses(row => Row(row) with { Copy = 1 }));

    public bool NeighbouringSeedsAreIndependent() => AreIndependentOf(Losses(Row, seed: 2));

    private static int Numbers => Outage.Max - Outage.Min + 1;

    private static MaskKey Row(int row) => new((ulong)row);

    private static int NumberOf(RowLoss loss) => loss.Count - Outage.Min;

    private static int Difference(int left, int right, int modulus) => (left - right + modulus) % modulus;

    private static int[] Tally(IEnumerable<RowLoss> losses, Func<RowLoss, int> outcome, int outcomes)
    {
        var tally = new int[outcomes];
        foreach (RowLoss loss in losses)
            tally[outcome(loss)]++;
        return tally;
    }

    private static bool AreUniform(IEnumerable<int[]> tallies)
    {
        double sum = 0;
        int degrees = 0;
        foreach (int[] counts in tallies)
        {
            double expected = counts.Average();
            sum += counts.Sum(count => Square(count - expected) / expected);
            degrees += counts.Length - 1;
        }

        return MaskStatistics.IsPlausible(sum, degrees);
    }

    // A number that is 0, 1, ..., outcomes - 1 with equal probabilities, shifted and scaled to mean 0 and variance 1.
    private static double Standardized(int outcome, int outcomes) =>
        (outcome - ((outcomes - 1) / 2.0)) / Math.Sqrt((Square(outcomes) - 1) / 12);

    private static double Square(double value) => value * value;

    // The steps are standardized too, so the covariance of a coin with either number is normal if they are independent.
    private bool AreUncorrelatedWithSteps(Func<RowLoss, int, double> standardized)
    {
        double sum = 0;
        for (int coin = 0; coin < Coins; coin++)
        {
            sum += Square(_losses.Sum(loss => standardized(loss, coin) * Standardized(NumberOf(loss), Numbers))) / Rows;
            sum += Square(_losses.Sum(
                loss => standardized(loss, coin) * Standardized(loss.First, Steps - loss.Count + 1))) / Rows;
        }

        return MaskStatistics.IsPlausible(sum, 2 * Coins);
    }

    // Of independent draws with equally likely outcomes, the difference modulo their number is equally likely too. The first step
    // has other outcomes for each number of steps, so only rows with equal numbers are compared.
    private bool AreIndependentOf(RowLoss[] others)
    {
        (RowLoss Left, RowLoss Right)[] pairs = [.. _losses.Zip(others)];
        int[] Differences(IEnumerable<(RowLoss, RowLoss)> of, Func<RowLoss, int> outcome, int outcomes)
        {
            var tally = new int[outcomes];
            foreach ((RowLoss left, RowLoss right) in of)
                tally[Difference(outcome(left), outcome(right), outcomes)]++;
            return tally;
        }

        return AreUniform(
            [
                .. Enumerable.Range(0, Coins).Select(coin => Differences(pairs, loss => loss.Fills[coin], Fills)),
                Differences(pairs, NumberOf, Numbers),
                .. Enumerable.Range(Outage.Min, Numbers).Select(count => Differences(
                    pairs.Where(pair => pair.Left.Count == count && pair.Right.Count == count),
                    loss => loss.First, Steps - count + 1)),
            ]);
    }

    private RowLoss[] Losses(Func<int, MaskKey> rowOf, int seed = 1) =>
        [.. Enumerable.Range(0, Rows).Select(row => _draw(seed, rowOf(row)))];
}
