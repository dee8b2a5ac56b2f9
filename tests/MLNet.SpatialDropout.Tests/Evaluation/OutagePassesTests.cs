using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The data are read once for each loss, and never more.</summary>
[TestClass]
public sealed class OutagePassesTests
{
    private readonly MLContext _mlContext = new(1);

    private static IEnumerable<object?[]> Options =>
    [
        [OutageModels.ByChannel, 7],
        [OutageModels.ByChannel with { Fill = DropoutFill.Missing, OutageSteps = (1, 2) }, 7],
        [OutageModels.ByChannel with { Fill = DropoutFill.ChannelMean }, 8],
    ];

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void Multiclass(SpatialDropoutOptions options, int passes) => ReadsOnce(
        OutageModels.MultiTrees(_mlContext), passes,
        (model, data) => _mlContext.MulticlassClassification.EvaluateOutages(
            model, data, options, topKPredictionCount: 2, lostPairs: true));

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void Calibrated_binary(SpatialDropoutOptions options, int passes) => ReadsOnce(
        OutageModels.BinaryTrees(_mlContext), passes,
        (model, data) => _mlContext.BinaryClassification.EvaluateOutages(model, data, options, "IsFast", lostPairs: true));

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void Binary_without_probabilities(SpatialDropoutOptions options, int passes) => ReadsOnce(
        OutageModels.BinaryForest(_mlContext), passes,
        (model, data) => _mlContext.BinaryClassification.EvaluateOutagesNonCalibrated(
            model, data, options, "IsFast", lostPairs: true));

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void Regression(SpatialDropoutOptions options, int passes) => ReadsOnce(
        OutageModels.RegressionTrees(_mlContext), passes,
        (model, data) => _mlContext.Regression.EvaluateOutages(model, data, options, "Target", lostPairs: true));

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void Ranking(SpatialDropoutOptions options, int passes) => ReadsOnce(
        OutageModels.RankingTrees(_mlContext), passes,
        (model, data) => _mlContext.Ranking.EvaluateOutages(model, data, options, "Relevance", lostPairs: true));

    [TestMethod]
    public void Without_pairs()
    {
        var data = new CountingView(OutageModels.Load(_mlContext, OutageModels.Test), "Features");
        ITransformer model = OutageModels.RegressionTrees(_mlContext).Fit(OutageModels.Load(_mlContext, OutageModels.Train));

        _mlContext.Regression.EvaluateOutages(model, data, OutageModels.ByChannel, "Target");

        Assert.AreEqual(4 * OutageModels.Test.Length, data.RowsRead);
    }

    // What training reads is told from what scoring reads by the same call for an estimator that does no more than train.
    [TestMethod]
    public void Cross_validation_scores_each_fold_once_for_each_loss()
    {
        var data = new CountingView(OutageModels.Load(_mlContext, OutageModels.Train), "Features");
        foreach (DataOperationsCatalog.TrainTestData split in
            _mlContext.Data.CrossValidationSplit(data, numberOfFolds: 3, seed: 4))
            OutageModels.RegressionTrees(_mlContext).Fit(split.TrainSet);
        int toTrain = data.RowsRead;
        Assert.IsGreaterThan(0, toTrain);

        _mlContext.Regression.CrossValidateOutages(
            data, OutageModels.RegressionTrees(_mlContext), OutageModels.ByChannel, numberOfFolds: 3, "Target", seed: 4);

        // A fold is a filter of all rows, so each pass over its test rows passes by the others.
        Assert.AreEqual(toTrain + (3 * 4 * OutageModels.Train.Length), data.RowsRead - toTrain);
    }

    private void ReadsOnce(IEstimator<ITransformer> pipeline, int passes, Action<ITransformer, IDataView> evaluate)
    {
        ITransformer model = pipeline.Fit(OutageModels.Load(_mlContext, OutageModels.Train));
        var data = new CountingView(OutageModels.Load(_mlContext, OutageModels.Test), "Features");

        evaluate(model, data);

        Assert.AreEqual(passes * OutageModels.Test.Length, data.RowsRead);
    }
}
