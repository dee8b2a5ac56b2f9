using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.TrainCatalogBase;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Fold by fold what ML.NET's CrossValidate trains and scores, and what EvaluateOutages says of it.</summary>
[TestClass]
public sealed class CrossValidateOutagesTests
{
    private static readonly SpatialDropoutOptions Stage = OutageModels.ByChannel with
    {
        Rate = 0.5,
        Copies = 3,
        KeepOriginal = true,
        Fill = DropoutFill.Constant(8),
    };

    private readonly MLContext _mlContext = new(1);

    private IDataView Data => OutageModels.Load(_mlContext, OutageModels.Train);

    [TestMethod]
    public void Multiclass_with_labels_that_the_pipeline_maps() => EqualsByHand(
        OutageModels.MultiTrees,
        (data, pipeline, seed) => _mlContext.MulticlassClassification.CrossValidateOutages(
            data, pipeline, OutageModels.ByChannel, 3, seed: seed, lostPairs: true),
        (data, pipeline, seed) => _mlContext.MulticlassClassification.CrossValidate(data, pipeline, 3, seed: seed),
        (model, data) => _mlContext.MulticlassClassification.EvaluateOutages(
            model, data, OutageModels.ByChannel, lostPairs: true));

    [TestMethod]
    public void Calibrated_binary() => EqualsByHand(
        OutageModels.BinaryTrees,
        (data, pipeline, seed) => _mlContext.BinaryClassification.CrossValidateOutages(
            data, pipeline, OutageModels.ByChannel, 3, "IsFast", seed: seed, lostPairs: true),
        (data, pipeline, seed) => _mlContext.BinaryClassification.CrossValidate(data, pipeline, 3, "IsFast", seed: seed),
        (model, data) => _mlContext.BinaryClassification.EvaluateOutages(
            model, data, OutageModels.ByChannel, "IsFast", lostPairs: true));

    [TestMethod]
    public void Binary_without_probabilities() => EqualsByHand(
        OutageModels.BinaryForest,
        (data, pipeline, seed) => _mlContext.BinaryClassification.CrossValidateOutagesNonCalibrated(
            data, pipeline, OutageModels.ByChannel, 3, "IsFast", seed: seed, lostPairs: true),
        (data, pipeline, seed) => _mlContext.BinaryClassification.CrossValidateNonCalibrated(
            data, pipeline, 3, "IsFast", seed: seed),
        (model, data) => _mlContext.BinaryClassification.EvaluateOutagesNonCalibrated(
            model, data, OutageModels.ByChannel, "IsFast", lostPairs: true));

    [TestMethod]
    public void Regression() => EqualsByHand(
        OutageModels.RegressionTrees,
        (data, pipeline, seed) => _mlContext.Regression.CrossValidateOutages(
            data, pipeline, OutageModels.ByChannel, 3, "Target", seed: seed, lostPairs: true),
        (data, pipeline, seed) => _mlContext.Regression.CrossValidate(data, pipeline, 3, "Target", seed: seed),
        (model, data) => _mlContext.Regression.EvaluateOutages(model, data, OutageModels.ByChannel, "Target", lostPairs: true));

    // ML.NET has no cross-validation of rankings.
    [TestMethod]
    public void Ranking_keeps_groups_together()
    {
        var pipeline = new RecordingEstimator(OutageModels.RankingTrees(_mlContext));

        IReadOnlyList<OutageReport<RankingMetrics>> folds = _mlContext.Ranking.CrossValidateOutages(
            Data, pipeline, OutageModels.ByChannel, 3, "Relevance", seed: 4);

        Assert.HasCount(3, folds);
        AssertTogether(pipeline, row => row.GroupId);
        DataOperationsCatalog.TrainTestData[] splits =
            [.. _mlContext.Data.CrossValidationSplit(Data, 3, "GroupId", 4)];
        for (int fold = 0; fold < 3; fold++)
        {
            ITransformer model = OutageModels.RankingTrees(_mlContext).Fit(splits[fold].TrainSet);
            Equal(
                _mlContext.Ranking.EvaluateOutages(model, splits[fold].TestSet, OutageModels.ByChannel, "Relevance"),
                folds[fold]);
        }
    }

    [TestMethod]
    public void Ranking_whose_groups_the_pipeline_makes()
    {
        EstimatorChain<ITransformer> pipeline = new EstimatorChain<ITransformer>()
            .Append<ITransformer>(_mlContext.Transforms.Conversion.Hash("GroupId", "Session"))
            .Append(OutageModels.RankingTrees(_mlContext));
        IDataView withoutGroups = _mlContext.Transforms.DropColumns("GroupId").Fit(Data).Transform(Data);

        IReadOnlyList<OutageReport<RankingMetrics>> folds = _mlContext.Ranking.CrossValidateOutages(
            withoutGroups, pipeline, OutageModels.ByChannel, 3, "Relevance", samplingKeyColumnName: "Session", seed: 4);

        Assert.HasCount(3, folds);
        string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.Ranking.CrossValidateOutages(
            withoutGroups, pipeline, OutageModels.ByChannel, 3, "Relevance", seed: 4)).Message;
        StringAssert.Contains(message, "Schema mismatch for column 'GroupId': expected a column of the data");
        StringAssert.Contains(message, "If the pipeline makes it, name the column that it is made from.");
    }

    [TestMethod]
    public void A_session_stays_in_one_fold()
    {
        var pipeline = new RecordingEstimator(OutageModels.RegressionTrees(_mlContext));
        var without = new RecordingEstimator(OutageModels.RegressionTrees(_mlContext));

        _mlContext.Regression.CrossValidateOutages(Data, pipeline, OutageModels.ByChannel, 3, "Target", "Session", seed: 4);
        _mlContext.Regression.CrossValidateOutages(Data, without, OutageModels.ByChannel, 3, "Target", seed: 4);

        AssertTogether(pipeline, row => row.Session);
        Assert.ThrowsExactly<AssertFailedException>(() => AssertTogether(without, row => row.Session));
    }

    [TestMethod]
    public void A_stage_in_the_pipeline_is_active_in_training_and_absent_in_scoring()
    {
        IEstimator<ITransformer> Pipeline(SpatialDropoutOptions stage) =>
            _mlContext.Transforms.SpatialDropout(stage).Append(OutageModels.RegressionTrees(_mlContext));
        var data = new CountingView(Data, "Features");

        IReadOnlyList<OutageReport<RegressionMetrics>> active = _mlContext.Regression.CrossValidateOutages(
            data, Pipeline(Stage), Stage, 3, "Target", seed: 4);
        IReadOnlyList<OutageReport<RegressionMetrics>> idle = _mlContext.Regression.CrossValidateOutages(
            data, Pipeline(Stage with { Rate = 0, Copies = 1, KeepOriginal = false }), Stage, 3, "Target", seed: 4);

        IReadOnlyList<CrossValidationResult<RegressionMetrics>> expected =
            _mlContext.Regression.CrossValidate(Data, Pipeline(Stage), 3, "Target", seed: 4);
        for (int fold = 0; fold < 3; fold++)
        {
            MetricsText.AreEqual(expected[fold].Metrics, active[fold].Clean.Metrics, $"fold {fold}, clean");
            Assert.AreNotEqual(
                MetricsText.Of(idle[fold].Clean.Metrics), MetricsText.Of(active[fold].Clean.Metrics),
                $"fold {fold}, the stage trains");
        }

        Assert.IsGreaterThan(
            idle.Average(fold => fold.Worst().Metrics.RSquared), active.Average(fold => fold.Worst().Metrics.RSquared),
            "which is what a stage is for");
    }

    [TestMethod]
    public void The_same_call_gives_the_same_reports()
    {
        string[] Run() =>
        [
            .. new MLContext(7).Regression.CrossValidateOutages(
                Data, OutageModels.RegressionTrees(new MLContext(7)),
                OutageModels.ByChannel with { OutageSteps = (1, 2), Seed = null }, 3, "Target").Select(fold => fold.ToString()),
        ];

        CollectionAssert.AreEqual(Run(), Run());
    }

    [TestMethod]
    public void Names_and_progress_hold_for_all_folds()
    {
        var progress = new ProgressList();

        IReadOnlyList<OutageReport<RegressionMetrics>> folds = _mlContext.Regression.CrossValidateOutages(
            Data, OutageModels.RegressionTrees(_mlContext), OutageModels.ByChannel, 2, "Target", sensorNames: ["x", "y", "z"],
            progress: progress);

        Assert.IsTrue(folds.All(fold => fold.SensorNames.SequenceEqual(["x", "y", "z"])));
        CollectionAssert.AreEqual(
            Enumerable.Range(1, 8).Select(done => new OutageProgress(done, 8)).ToArray(), progress.Steps);
    }

    // What a pipeline reads is known when it has become a model.
    [TestMethod]
    public void A_column_that_the_pipeline_makes_itself_is_refused_after_the_first_fold()
    {
        var pipeline = new RecordingEstimator(OutageModels.Join(_mlContext).Append(OutageModels.RegressionTrees(_mlContext)));

        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.Regression.CrossValidateOutages(
                Data, pipeline, OutageModels.ByChannel, 3, "Target")).Message,
            "Set Columns = [\"Acc\", \"Gyro\", \"Temperature\"]");
        Assert.HasCount(1, pipeline.Trained);
    }

    private static void AssertTogether<TKey>(RecordingEstimator pipeline, Func<OutageRow, TKey> key)
    {
        Assert.HasCount(3, pipeline.Trained);
        foreach (int[] trained in pipeline.Trained)
        {
            Assert.IsTrue(trained.Length is > 0 and < 90);
            foreach (IGrouping<TKey, OutageRow> group in OutageModels.Train.GroupBy(key))
            {
                int inTraining = group.Count(row => trained.Contains(row.Number));
                Assert.IsTrue(inTraining == 0 || inTraining == group.Count(), $"{group.Key}: {inTraining} of {group.Count()}");
            }
        }
    }

    private static void Equal<TMetrics>(OutageReport<TMetrics> expected, OutageReport<TMetrics> actual)
        where TMetrics : class
    {
        Outage<TMetrics>[] left = [expected.Clean, .. expected.SingleLosses, .. expected.PairLosses];
        Outage<TMetrics>[] right = [actual.Clean, .. actual.SingleLosses, .. actual.PairLosses];
        Assert.HasCount(left.Length, right);
        foreach ((Outage<TMetrics> one, Outage<TMetrics> other) in left.Zip(right))
        {
            Assert.AreEqual(one.Name, other.Name);
            MetricsText.AreEqual(one.Metrics, other.Metrics, one.Name);
        }
    }

    private void EqualsByHand<TMetrics>(
        Func<MLContext, IEstimator<ITransformer>> createPipeline,
        Func<IDataView, IEstimator<ITransformer>, int?, IReadOnlyList<OutageReport<TMetrics>>> crossValidateOutages,
        Func<IDataView, IEstimator<ITransformer>, int?, IReadOnlyList<CrossValidationResult<TMetrics>>> crossValidate,
        Func<ITransformer, IDataView, OutageReport<TMetrics>> evaluateOutages)
        where TMetrics : class
    {
        // Without a seed, the folds are those of the MLContext's seed.
        foreach (int? seed in new int?[] { 4, null })
        {
            // A trainer of its own for each, because a forest draws other trees each time that it is trained.
            IReadOnlyList<CrossValidationResult<TMetrics>> expected = crossValidate(Data, createPipeline(new MLContext(1)), seed);
            IReadOnlyList<OutageReport<TMetrics>> actual = crossValidateOutages(Data, createPipeline(new MLContext(1)), seed);

            IEstimator<ITransformer> pipeline = createPipeline(new MLContext(1));
            DataOperationsCatalog.TrainTestData[] splits = [.. _mlContext.Data.CrossValidationSplit(Data, 3, seed: seed)];
            Assert.HasCount(3, actual);
            for (int fold = 0; fold < 3; fold++)
            {
                MetricsText.AreEqual(expected[fold].Metrics, actual[fold].Clean.Metrics, $"seed {seed}, fold {fold}");
                Equal(evaluateOutages(pipeline.Fit(splits[fold].TrainSet), splits[fold].TestSet), actual[fold]);
                Assert.IsNotEmpty(actual[fold].PairLosses);
            }
        }
    }
}
