namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Chi-square tests of a sampler of masks. Over random seeds each would fail once in a million. The seeds are fixed, so a test
/// always passes or never does.
/// </summary>
internal sealed class MaskStatistics
{
    private const int Coins = 24;
    private const int Rows = 4000;
    private const double Rate = 0.3;

    // The standard normal distribution's quantile of 1 - 1e-6.
    private const double Quantile = 4.753;

    private readonly Func<int, MaskKey, bool[]> _draw;

    /// <param name="draw">Draws the mask of a seed and a row: 24 coins that drop (false) at a rate of 0.3.</param>
    public MaskStatistics(Func<int, MaskKey, bool[]> draw) => _draw = draw;

    /// <summary>The sampler of the library.</summary>
    public static MaskStatistics OfTheLibrary() => new(Draw);

    /// <summary>Whether these counts are consistent with equally likely outcomes.</summary>
    public static bool AreEquallyLikely(int[] counts)
    {
        double expected = counts.Average();
        return IsPlausible(counts.Sum(count => Square(count - expected) / expected), counts.Length - 1);
    }

    /// <summary>Whether a sum of squares is consistent with the chi-square distribution of so many degrees of freedom.</summary>
    // The quantile after Wilson and Hilferty 1931.
    public static bool IsPlausible(double chiSquare, int degrees)
    {
        double variance = 2.0 / (9 * degrees);
        return chiSquare <= degrees * Math.Pow(1 - variance + (Quantile * Math.Sqrt(variance)), 3);
    }

    public static bool[] Draw(int seed, MaskKey row)
    {
        var keep = new bool[Coins];
        DropoutPlan.Create(new DropoutOptions { Channels = Coins, Rate = Rate, Seed = seed }, Coins).DrawMask(row, keep);
        return keep;
    }

    public bool EachCoinDropsAtItsRate()
    {
        var drops = new int[Coins];
        foreach (bool[] mask in Masks(Row))
        {
            for (int coin = 0; coin < Coins; coin++)
                drops[coin] += mask[coin] ? 0 : 1;
        }

        return IsPlausible(drops.Sum(count => Square(count - (Rows * Rate)) / (Rows * Rate * (1 - Rate))), Coins);
    }

    public bool CoinsAreIndependent()
    {
        bool[][] masks = [.. Masks(Row)];
        double sum = 0;
        int pairs = 0;
        for (int first = 0; first < Coins; first++)
        {
            for (int second = first + 1; second < Coins; second++, pairs++)
                sum += Square(masks.Sum(mask => Standardized(mask[first]) * Standardized(mask[second]))) / Rows;
        }

        return IsPlausible(sum, pairs);
    }

    public bool NeighbouringRowsAreIndependent() => AreIndependent(Masks(Row), Masks(row => Row(row + 1)));

    public bool RowsWithTheSameLowHalfAreIndependent() => AreIndependent(Masks(Row), Masks(row => new MaskKey((ulong)row, 1)));

    public bool CopiesAreIndependent() => AreIndependent(Masks(Row), Masks(row => Row(row) with { Copy = 1 }));

    public bool NeighbouringSeedsAreIndependent() => AreIndependent(Masks(Row), Masks(Row, seed: 2));

    private static MaskKey Row(int row) => new((ulong)row);

    private static double Standardized(bool keep) => ((keep ? 0 : 1) - Rate) / Math.Sqrt(Rate * (1 - Rate));

    private static double Square(double value) => value * value;

    // For independent masks the covariance of each coin over the rows is normal, so the sum of squares is chi-square
    // distributed.
    private static bool AreIndependent(IEnumerable<bool[]> left, IEnumerable<bool[]> right)
    {
        var covariances = new double[Coins];
        foreach ((bool[] first, bool[] second) in left.Zip(right))
        {
            for (int coin = 0; coin < Coins; coin++)
                covariances[coin] += Standardized(first[coin]) * Standardized(second[coin]);
        }

        return IsPlausible(covariances.Sum(covariance => Square(covariance) / Rows), Coins);
    }

    private IEnumerable<bool[]> Masks(Func<int, MaskKey> rowOf, int seed = 1) =>
        Enumerable.Range(0, Rows).Select(row => _draw(seed, rowOf(row)));
}
