using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// For every task, layout and fill: the metrics of each loss are those of ML.NET's own Evaluate on data that plain code damages.
/// </summary>
[TestClass]
public sealed class OutageNumbersTests
{
    private readonly MLContext _mlContext = new(1);

    private static IEnumerable<object[]> FeatureCases => HandDamage.OfFeatures.Select(damage => new object[] { damage });

    // The layouts do not depend on the task.
    private static IEnumerable<object[]> FewFeatureCases => FeatureCases.Where((_, i) => i % 3 == 0);

    private static IEnumerable<object[]> ColumnCases => HandDamage.OfColumns.Select(damage => new object[] { damage });

    [TestMethod]
    [DynamicData(nameof(FeatureCases))]
    public void Multiclass(object damage) => EqualsEvaluate(
        (HandDamage)damage, OutageModels.MultiTrees(_mlContext),
        (model, data, options, pairs) => _mlContext.MulticlassClassification.EvaluateOutages(
            model, data, options, topKPredictionCount: 2, lostPairs: pairs),
        scored => _mlContext.MulticlassClassification.Evaluate(scored, topKPredictionCount: 2));

    [TestMethod]
    [DynamicData(nameof(FewFeatureCases))]
    public void Calibrated_binary(object damage) => EqualsEvaluate(
        (HandDamage)damage, OutageModels.BinaryTrees(_mlContext),
        (model, data, options, pairs) => _mlContext.BinaryClassification.EvaluateOutages(
            model, data, options, "IsFast", lostPairs: pairs),
        scored => _mlContext.BinaryClassification.Evaluate(scored, "IsFast"));

    [TestMethod]
    [DynamicData(nameof(FewFeatureCases))]
    public void Binary_without_probabilities(object damage) => EqualsEvaluate(
        (HandDamage)damage, OutageModels.BinaryForest(_mlContext),
        (model, data, options, pairs) => _mlContext.BinaryClassification.EvaluateOutagesNonCalibrated(
            model, data, options, "IsFast", lostPairs: pairs),
        scored => _mlContext.BinaryClassification.EvaluateNonCalibrated(scored, "IsFast"));

    [TestMethod]
    [DynamicData(nameof(FeatureCases))]
    public void Regression(object damage) => EqualsEvaluate(
        (HandDamage)damage, OutageModels.RegressionTrees(_mlContext),
        (model, data, options, pairs) => _mlContext.Regression.EvaluateOutages(model, data, options, "Target", lostPairs: pairs),
        scored => _mlContext.Regression.Evaluate(scored, "Target"));

    [TestMethod]
    [DynamicData(nameof(FewFeatureCases))]
    public void Ranking(object damage) => EqualsEvaluate(
        (HandDamage)damage, OutageModels.RankingTrees(_mlContext),
        (model, data, options, pairs) => _mlContext.Ranking.EvaluateOutages(model, data, options, "Relevance", lostPairs: pairs),
        scored => _mlContext.Ranking.Evaluate(scored, "Relevance"));

    // The data have a column "Features" too, which the model hides by its own.
    [TestMethod]
    [DynamicData(nameof(ColumnCases))]
    public void Columns(object damage) => EqualsEvaluate(
        (HandDamage)damage, OutageModels.Join(_mlContext).Append(OutageModels.RegressionTrees(_mlContext)),
        (model, data, options, pairs) => _mlContext.Regression.EvaluateOutages(model, data, options, "Target", lostPairs: pairs),
        scored => _mlContext.Regression.Evaluate(scored, "Target"));

    [TestMethod]
    public void Columns_with_a_layout() => EqualsEvaluate(
        HandDamage.LaidOut,
        _mlContext.Transforms.Concatenate("Features", "Acc", "Spectrum").Append(OutageModels.MultiTrees(_mlContext)),
        (model, data, options, pairs) => _mlContext.MulticlassClassification.EvaluateOutages(
            model, data, options, lostPairs: pairs),
        scored => _mlContext.MulticlassClassification.Evaluate(scored));

    // What the model does to the readings comes after the loss: a lost sensor reads 0 before normalization, not after.
    [TestMethod]
    public void The_models_own_transforms_come_after_the_loss() => EqualsEvaluate(
        HandDamage.OfFeatures[0],
        _mlContext.Transforms.NormalizeMeanVariance("Features").Append(OutageModels.BinaryLinear(_mlContext)),
        (model, data, options, pairs) => _mlContext.BinaryClassification.EvaluateOutages(
            model, data, options, "IsFast", lostPairs: pairs),
        scored => _mlContext.BinaryClassification.Evaluate(scored, "IsFast"));

    [TestMethod]
    public void Columns_of_other_names() => EqualsEvaluate(
        HandDamage.OfFeatures[0],
        OutageModels.BinaryTrees(_mlContext)
            .Append(_mlContext.Transforms.CopyColumns("S", "Score"))
            .Append(_mlContext.Transforms.CopyColumns("P", "Probability"))
            .Append(_mlContext.Transforms.CopyColumns("L", "PredictedLabel"))
            .Append(_mlContext.Transforms.DropColumns("Score", "Probability", "PredictedLabel")),
        (model, data, options, pairs) => _mlContext.BinaryClassification.EvaluateOutages(
            model, data, options, "IsFast", "S", "P", "L", lostPairs: pairs),
        scored => _mlContext.BinaryClassification.Evaluate(scored, "IsFast", "S", "P", "L"));

    [TestMethod]
    public void Outages_of_some_steps_equal_a_view_with_the_same_seed() => EqualViews(
        OutageModels.ByChannel with { OutageSteps = (1, 2), Fill = DropoutFill.LastValue });

    [TestMethod]
    public void One_of_several_fills_equals_a_view_with_the_same_seed() => EqualViews(
        OutageModels.ByChannel with
        {
            Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Constant(9), DropoutFill.ChannelMean),
        });

    [TestMethod]
    public void Outages_that_last_a_session_equal_a_view_with_the_same_seed() => EqualViews(
        OutageModels.ByChannel with { OutageSteps = (1, 3), MaskKeyColumnName = "Session", Seed = -3 });

    private void EqualViews(SpatialDropoutOptions options)
    {
        ITransformer model = OutageModels.RegressionTrees(_mlContext).Fit(OutageModels.Load(_mlContext, OutageModels.Train));
        IDataView data = OutageModels.Load(_mlContext, OutageModels.Test);

        OutageReport<RegressionMetrics> report = _mlContext.Regression.EvaluateOutages(
            model, data, options with { Copies = 3, Rate = 0.9 }, "Target", lostPairs: true);

        Outage<RegressionMetrics>[] all = [report.Clean, .. report.SingleLosses, .. report.PairLosses];
        Assert.HasCount(7, all);
        foreach (Outage<RegressionMetrics> outage in all)
        {
            IDataView view = outage == report.Clean
                ? data
                : _mlContext.Data.SpatialDropout(data, options with { LostChannels = outage.LostSensors });
            MetricsText.AreEqual(
                _mlContext.Regression.Evaluate(model.Transform(view), "Target"), outage.Metrics, $"{options}: {outage.Name}");
        }

        Assert.IsGreaterThan(2, all.Select(outage => outage.Metrics.MeanAbsoluteError).Distinct().Count());
    }

    private void EqualsEvaluate<TMetrics>(
        HandDamage damage, IEstimator<ITransformer> pipeline,
        Func<ITransformer, IDataView, SpatialDropoutOptions, bool, OutageReport<TMetrics>> evaluateOutages,
        Func<IDataView, TMetrics> evaluate)
        where TMetrics : class
    {
        ITransformer model = pipeline.Fit(OutageModels.Load(_mlContext, OutageModels.Train));

        OutageReport<TMetrics> report =
            evaluateOutages(model, OutageModels.Load(_mlContext, OutageModels.Test), damage.Options, damage.LosesPairs);

        Assert.HasCount(damage.Sensors, report.SingleLosses);
        Assert.HasCount(damage.LosesPairs ? damage.Sensors * (damage.Sensors - 1) / 2 : 0, report.PairLosses);
        Assert.IsTrue(report.ChangesScores);
        Assert.IsEmpty(report.Clean.LostSensors);
        for (int first = 0, pair = 0; first < damage.Sensors; first++)
        {
            CollectionAssert.AreEqual(new[] { first }, report.SingleLosses[first].LostSensors.ToArray());
            for (int second = first + 1; pair < report.PairLosses.Count && second < damage.Sensors; second++, pair++)
                CollectionAssert.AreEqual(new[] { first, second }, report.PairLosses[pair].LostSensors.ToArray());
        }

        foreach (Outage<TMetrics> outage in (Outage<TMetrics>[])[report.Clean, .. report.SingleLosses, .. report.PairLosses])
        {
            Assert.AreEqual(0, outage.RowsWithoutScore, outage.Name);
            IDataView damaged = damage.Load(_mlContext, OutageModels.Test, outage.LostSensors);
            MetricsText.AreEqual(evaluate(model.Transform(damaged)), outage.Metrics, $"{damage}: {outage.Name}");
        }

        Assert.IsTrue(
            report.SingleLosses.Any(loss => MetricsText.Of(loss.Metrics) != MetricsText.Of(report.Clean.Metrics)),
            $"{damage} costs nothing");
    }
}
