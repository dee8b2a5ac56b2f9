namespace Uncertainty.Tests;

[TestClass]
public sealed class SpreadBinTests
{
    [TestMethod]
    public void Bins_are_by_spread_and_of_equal_size_to_within_one()
    {
        // Spreads 12, 11, ... 1; the five widest are wrong.
        Prediction[] predictions = [.. Enumerable.Range(1, 12).Reverse().Select(spread => Make(spread, isWrong: spread >= 8))];
        IReadOnlyList<SpreadBin> bins = SpreadBin.Split(predictions, 5);

        CollectionAssert.AreEqual(new[] { 2, 2, 3, 2, 3 }, bins.Select(bin => bin.Predictions.Count).ToArray());
        CollectionAssert.AreEqual(new[] { 1.5, 3.5, 6, 8.5, 11 }, bins.Select(bin => bin.MeanSpread).ToArray());
        CollectionAssert.AreEqual(new[] { 0, 0, 0, 1.0, 1 }, bins.Select(bin => bin.ErrorRate).ToArray());
    }

    [TestMethod]
    public void Few_predictions_make_fewer_bins_and_none_empty()
    {
        IReadOnlyList<SpreadBin> bins = SpreadBin.Split([Make(2, true), Make(1, false), Make(3, false)], 5);

        CollectionAssert.AreEqual(new[] { 1.0, 2, 3 }, bins.Select(bin => bin.MeanSpread).ToArray());
        CollectionAssert.AreEqual(new[] { 0.0, 1, 0 }, bins.Select(bin => bin.ErrorRate).ToArray());
    }

    [TestMethod]
    public void A_result_relates_a_measure_to_being_wrong()
    {
        // Wrong at 2 and 4 of 1 to 4: three of four pairs; ranks of wrong 1.5, 3.5, 1.5, 3.5.
        var result = new UncertaintyResult("test", [Make(1, false), Make(2, true), Make(3, false), Make(4, true)]);

        Assert.AreEqual(0.5, result.PlainAccuracy);
        Assert.AreEqual(1, result.MeanAccuracy);
        Assert.AreEqual(0.75, result.AreaUnderCurve(prediction => prediction.Spread));
        Assert.AreEqual(2 / Math.Sqrt(5 * 4), result.RankCorrelation(prediction => prediction.Spread)!.Value, 1e-12);
    }

    private static Prediction Make(double spread, bool isWrong) => new(isWrong, IsMeanWrong: false, 0, spread, 0, 0);
}
