using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Damage that the model does not read is refused, and damage without effect is said.</summary>
[TestClass]
public sealed class ReadColumnsTests
{
    private const string NoEffect = "No lost sensor changed any score.";

    private readonly MLContext _mlContext = new(1);
    private readonly List<string> _warnings = [];

    public ReadColumnsTests() => _mlContext.Log += (_, message) =>
    {
        if (message.Kind == ChannelMessageKind.Warning && message.Message.Contains(NoEffect, StringComparison.Ordinal))
            _warnings.Add(message.Message);
    };

    private IDataView Train => OutageModels.Load(_mlContext, OutageModels.Train);

    private IDataView Test => OutageModels.Load(_mlContext, OutageModels.Test);

    private ITransformer Joined => OutageModels.Join(_mlContext).Append(OutageModels.RegressionTrees(_mlContext)).Fit(Train);

    [TestMethod]
    public void A_column_that_the_model_makes_itself_is_refused() => Refuses(
        Joined, Test, OutageModels.ByChannel,
        "The model does not read column 'Features' of the data, so losing a sensor there changes nothing. If the model has a"
        + " column of that name, the model creates it itself. The model reads Acc, Gyro, Temperature. Set Columns = [\"Acc\", \"Gyro\","
        + " \"Temperature\"] in the options, or those of them that are sensors.");

    [TestMethod]
    public void So_it_is_with_a_learned_fill() => Refuses(
        Joined, Test, OutageModels.ByChannel with { Fill = DropoutFill.ChannelMean },
        "Set Columns = [\"Acc\", \"Gyro\", \"Temperature\"]");

    [TestMethod]
    public void Data_without_the_column_are_refused()
    {
        IDataView data = _mlContext.Transforms.DropColumns("Features").Fit(Test).Transform(Test);

        Refuses(
            Joined, data, OutageModels.ByChannel,
            "The data have no column 'Features'. If the model has one, the model creates it itself. The model reads Acc, Gyro,");
    }

    [TestMethod]
    public void One_column_of_several_that_is_not_read_is_refused() => Refuses(
        Joined, Test, OutageModels.ByColumn with { Columns = ["Acc", "Spectrum"] },
        "The model does not read column 'Spectrum' of the data");

    [TestMethod]
    public void Columns_that_only_another_output_reads_are_refused()
    {
        ITransformer model = OutageModels.RegressionTrees(_mlContext)
            .Append(_mlContext.Transforms.Concatenate("Shown", "Acc", "Gyro")).Fit(Train);

        Refuses(model, Test, OutageModels.ByColumn with { Columns = ["Acc"] }, "The model reads Features.");
    }

    [TestMethod]
    public void Some_of_the_columns_that_the_model_reads_are_enough()
    {
        OutageReport<RegressionMetrics> report = _mlContext.Regression.EvaluateOutages(
            Joined, Test, new SpatialDropoutOptions { Columns = ["Temperature", "Acc"] }, "Target");

        CollectionAssert.AreEqual(new[] { "Temperature", "Acc" }, report.SensorNames.ToArray());
    }

    [TestMethod]
    public void A_column_that_the_model_changes_in_place_is_read()
    {
        ITransformer model = _mlContext.Transforms.NormalizeMeanVariance("Features")
            .Append(OutageModels.RegressionTrees(_mlContext)).Fit(Train);

        Assert.IsTrue(_mlContext.Regression.EvaluateOutages(model, Test, OutageModels.ByChannel, "Target").ChangesScores);
    }

    [TestMethod]
    public void A_stage_of_another_output_column_loses_the_column_of_the_data()
    {
        SpatialDropoutOptions options = OutageModels.ByChannel with
        {
            OutputColumnName = "Dropped",
            InputColumnName = "Features",
            Copies = 2,
            KeepOriginal = true,
        };
        ITransformer model = _mlContext.Transforms.SpatialDropout(options)
            .Append(_mlContext.Transforms.Concatenate("Features", "Dropped"))
            .Append(OutageModels.RegressionTrees(_mlContext)).Fit(Train);

        OutageReport<RegressionMetrics> report = _mlContext.Regression.EvaluateOutages(model, Test, options, "Target");

        foreach (Outage<RegressionMetrics> outage in (Outage<RegressionMetrics>[])[report.Clean, .. report.SingleLosses])
        {
            IDataView damaged = HandDamage.OfFeatures[0].Load(_mlContext, OutageModels.Test, outage.LostSensors);
            MetricsText.AreEqual(
                _mlContext.Regression.Evaluate(model.Transform(damaged), "Target"), outage.Metrics, outage.Name);
        }

        Assert.IsTrue(report.ChangesScores);
    }

    [TestMethod]
    public void A_model_that_ignores_the_values_is_said_once()
    {
        // Trained on readings that do not differ, a tree has nothing to split.
        OutageRow[] same = [.. OutageModels.Train.Select(row => row.Copy())];
        foreach (OutageRow row in same)
            Array.Fill(row.Features, 1);
        ITransformer model = OutageModels.RegressionTrees(_mlContext).Fit(OutageModels.Load(_mlContext, same));

        OutageReport<RegressionMetrics> report =
            _mlContext.Regression.EvaluateOutages(model, Test, OutageModels.ByChannel, "Target", lostPairs: true);

        Assert.IsFalse(report.ChangesScores);
        Assert.HasCount(1, _warnings);
    }

    [TestMethod]
    public void Readings_that_equal_the_fill_already_are_said_once()
    {
        OutageRow[] lost = [.. OutageModels.Test.Select(row => row.Copy())];
        foreach (OutageRow row in lost)
            Array.Clear(row.Features);

        Assert.IsFalse(_mlContext.Regression.EvaluateOutages(
            OutageModels.RegressionTrees(_mlContext).Fit(Train), OutageModels.Load(_mlContext, lost), OutageModels.ByChannel,
            "Target").ChangesScores);
        Assert.HasCount(1, _warnings);
    }

    [TestMethod]
    public void A_changed_score_is_enough_whatever_the_metrics_say()
    {
        OutageRow[] row = [OutageModels.Test.First(row => row.IsFast), OutageModels.Test.First(row => !row.IsFast)];
        ITransformer model = OutageModels.BinaryLinear(_mlContext).Fit(Train);
        SpatialDropoutOptions slight = OutageModels.ByChannel with { Fill = DropoutFill.Constant(1.5), OutageSteps = (1, 1) };

        OutageReport<BinaryClassificationMetrics> report = _mlContext.BinaryClassification.EvaluateOutagesNonCalibrated(
            model, OutageModels.Load(_mlContext, row), slight, "IsFast");

        Assert.IsTrue(report.SingleLosses.All(loss => MetricsText.Of(loss.Metrics) == MetricsText.Of(report.Clean.Metrics)));
        Assert.IsTrue(report.ChangesScores);
        Assert.IsEmpty(_warnings);
    }

    private void Refuses(ITransformer model, IDataView data, SpatialDropoutOptions options, string message)
    {
        var counted = new CountingView(data);

        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                () => _mlContext.Regression.EvaluateOutages(model, counted, options, "Target")).Message,
            message);
        Assert.AreEqual(0, counted.RowsRead);
    }
}
