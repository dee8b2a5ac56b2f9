namespace Uncertainty.Tests;

[TestClass]
public sealed class PredictionTests
{
    private const double Tolerance = 1e-12;

    [TestMethod]
    public void Passes_that_disagree_have_all_their_entropy_between_them()
    {
        Prediction prediction = Prediction.Create(label: 0, plain: [0.7, 0.3], passes: [[1, 0], [0, 1], [1, 0], [0, 1]]);

        Assert.IsFalse(prediction.IsWrong);
        Assert.AreEqual(0.3, prediction.Doubt, Tolerance);
        Assert.AreEqual(Math.Sqrt(4 * 0.25 / 3), prediction.Spread, Tolerance);
        Assert.AreEqual(Math.Log(2), prediction.Entropy, Tolerance);
        Assert.AreEqual(Math.Log(2), prediction.MutualInformation, Tolerance);
    }

    [TestMethod]
    public void Passes_that_doubt_alike_have_entropy_and_no_spread()
    {
        Prediction prediction = Prediction.Create(label: 1, plain: [0.6, 0.4], passes: [[0.5, 0.5], [0.5, 0.5]]);

        Assert.IsTrue(prediction.IsWrong);
        Assert.AreEqual(0, prediction.Spread, Tolerance);
        Assert.AreEqual(Math.Log(2), prediction.Entropy, Tolerance);
        Assert.AreEqual(0, prediction.MutualInformation, Tolerance);
    }

    [TestMethod]
    public void The_mean_of_the_passes_can_be_right_where_the_plain_prediction_is_wrong()
    {
        Prediction prediction = Prediction.Create(label: 1, plain: [0.6, 0.4], passes: [[0.5, 0.5], [0.1, 0.9]]);

        Assert.IsTrue(prediction.IsWrong);
        Assert.IsFalse(prediction.IsMeanWrong);

        // The scores of the plain prediction's class: 0.5 and 0.1.
        Assert.AreEqual(Math.Sqrt(2 * 0.04), prediction.Spread, Tolerance);
    }
}
