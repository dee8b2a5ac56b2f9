namespace Uncertainty.Tests;

[TestClass]
public sealed class StatisticsTests
{
    private const double Tolerance = 1e-12;

    [TestMethod]
    public void Entropy_is_zero_for_one_class_and_that_of_the_count_for_equal_ones()
    {
        Assert.AreEqual(0, Statistics.Entropy([0, 1, 0]), Tolerance);
        Assert.AreEqual(Math.Log(4), Statistics.Entropy([0.25, 0.25, 0.25, 0.25]), Tolerance);

        // -(1/2 ln 1/2 + 2 * 1/4 ln 1/4) = 1.5 ln 2.
        Assert.AreEqual(1.5 * Math.Log(2), Statistics.Entropy([0.5, 0.25, 0.25]), Tolerance);
    }

    [TestMethod]
    public void Standard_deviation_is_that_of_a_sample()
    {
        // Mean 5, squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, over 7.
        Assert.AreEqual(Math.Sqrt(32 / 7.0), Statistics.StandardDeviation([2, 4, 4, 4, 5, 5, 7, 9]), Tolerance);
        Assert.AreEqual(0, Statistics.StandardDeviation([0.5, 0.5]), Tolerance);
    }

    [TestMethod]
    public void Equal_values_share_the_mean_of_their_ranks() =>
        CollectionAssert.AreEqual(new[] { 4, 1, 2.5, 2.5, 6, 6, 6 }, Statistics.Ranks([3, 1, 2, 2, 9, 9, 9]));

    [TestMethod]
    [DataRow(new double[] { 1, 2, 3, 4 }, new double[] { 10, 20, 30, 90 }, 1.0)]
    [DataRow(new double[] { 1, 2, 3, 4 }, new double[] { 9, 3, 2, 1 }, -1.0)]
    // 1 - 6 * (0 + 1 + 1 + 0) / (4 * 15)
    [DataRow(new double[] { 1, 2, 3, 4 }, new double[] { 1, 3, 2, 4 }, 0.8)]
    // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: covariance 2.25 + 2.25 = 4.5, variances 4.5 and 5.
    [DataRow(new double[] { 1, 2, 2, 3 }, new double[] { 1, 2, 3, 4 }, 0.9486832980505138)]
    // Ranks 1, 2, 3, 4 and 1.5, 1.5, 3.5, 3.5: covariance 1.5 + 0.5 + 0.5 + 1.5 = 4, variances 5 and 4.
    [DataRow(new double[] { 1, 2, 3, 4 }, new double[] { 0, 0, 1, 1 }, 0.8944271909999159)]
    public void Rank_correlation_is_as_computed_by_hand(double[] left, double[] right, double expected) =>
        Assert.AreEqual(expected, Statistics.RankCorrelation(left, right)!.Value, Tolerance);

    [TestMethod]
    public void Rank_correlation_with_a_constant_is_not_defined() =>
        Assert.IsNull(Statistics.RankCorrelation([1, 2, 3], [1, 1, 1]));

    [TestMethod]
    [DataRow(new double[] { 1, 2, 3, 4 }, new[] { false, false, true, true }, 1.0)]
    [DataRow(new double[] { 4, 3, 2, 1 }, new[] { false, false, true, true }, 0.0)]
    // Four pairs: the marked 2 beats 1 and loses to 3; the marked 4 beats both.
    [DataRow(new double[] { 1, 2, 3, 4 }, new[] { false, true, false, true }, 0.75)]
    [DataRow(new double[] { 7, 7, 7 }, new[] { false, true, false }, 0.5)]
    // The marked 2 beats 1 and ties with 2.
    [DataRow(new double[] { 1, 2, 2 }, new[] { false, true, false }, 0.75)]
    public void Area_under_the_curve_counts_pairs_and_a_tie_as_half(double[] values, bool[] isMarked, double expected) =>
        Assert.AreEqual(expected, Statistics.AreaUnderCurve(values, isMarked)!.Value, Tolerance);

    [TestMethod]
    public void Area_under_the_curve_of_one_kind_alone_is_not_defined()
    {
        Assert.IsNull(Statistics.AreaUnderCurve([1, 2], [true, true]));
        Assert.IsNull(Statistics.AreaUnderCurve([1, 2], [false, false]));
    }
}
