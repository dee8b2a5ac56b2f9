namespace MLNet.SpatialDropout.Tests;

/// <summary>A plan takes the options of a stage and keeps the row options among them.</summary>
[TestClass]
public sealed class PlanOptionsTests
{
    [TestMethod]
    public void A_plan_keeps_the_options_of_a_row_alone()
    {
        var options = new SpatialDropoutOptions
        {
            OutputColumnName = "Dropped",
            InputColumnName = "Features",
            Copies = 4,
            KeepOriginal = true,
            MaskKeyColumnName = "Session",
            Shape = [4, 3],
            NoiseShape = [1, 3],
            Rates = [0.1, 0.2, 0.3],
            MinKept = 1,
            RowProbability = 0.5,
            Fill = DropoutFill.Constant(-1),
            Seed = 4,
        };

        DropoutOptions kept = DropoutPlan.Create(options, 12).Options;

        Assert.AreEqual(typeof(DropoutOptions), kept.GetType());
        foreach (var option in typeof(DropoutOptions).GetProperties())
            Assert.AreEqual(option.GetValue(options), option.GetValue(kept), option.Name);
    }
}
