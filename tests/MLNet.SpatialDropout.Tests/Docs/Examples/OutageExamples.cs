using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The examples in the documentation of the evaluation of outages; see <see cref="PublicApiTests"/>.</summary>
[TestClass]
public sealed class OutageExamples
{
    private static readonly SpatialDropoutOptions Plain = new() { OutputColumnName = "Features", Channels = 6 };

    private readonly MLContext _mlContext = new(1);

    private IDataView Data => Recordings.Load(_mlContext);

    [TestMethod]
    public void Multiclass()
    {
        var mlContext = _mlContext;
        IDataView test = Data;
        ITransformer model = MulticlassPipeline.Fit(test);
        Assert.HasCount(6, EvaluateMulticlass(model, test, Plain).SingleLosses);
        IDataView data = test;
        IEstimator<ITransformer> pipeline = MulticlassPipeline;

        string printed = WhatIsPrinted(() =>
        {
            // snippet: outages_multiclass
            var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Fill = DropoutFill.Missing };
            Console.WriteLine(mlContext.MulticlassClassification.EvaluateOutages(model, test, options));
            // end
        });
        AssertPrintsSensors(printed, "MicroAccuracy");

        {
            // snippet: outages_multiclass_folds
            var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6 };
            var folds = mlContext.MulticlassClassification.CrossValidateOutages(data, pipeline, options);
            double clean = folds.Average(fold => fold.Clean.Metrics.MicroAccuracy);
            double worst = folds.Average(fold => fold.Worst().Metrics.MicroAccuracy);
            // end

            AssertFolds(folds.Count, clean, worst);
        }
    }

    [TestMethod]
    public void Binary()
    {
        var mlContext = _mlContext;
        IDataView test = BinaryData;
        IEstimator<ITransformer> pipeline = mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression();
        ITransformer model = pipeline.Fit(test);
        Assert.HasCount(6, EvaluateBinary(model, test, Plain).SingleLosses);
        IDataView data = test;

        AssertPrintsSensors(
            WhatIsPrinted(() =>
            {
                // snippet: outages_binary
                var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Fill = DropoutFill.Missing };
                Console.WriteLine(mlContext.BinaryClassification.EvaluateOutages(model, test, options));
                // end
            }),
            "LogLoss");

        // snippet: outages_binary_folds
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6 };
        var folds = mlContext.BinaryClassification.CrossValidateOutages(data, pipeline, options);
        double clean = folds.Average(fold => fold.Clean.Metrics.Accuracy);
        double worst = folds.Average(fold => fold.Worst().Metrics.Accuracy);
        // end

        AssertFolds(folds.Count, clean, worst);
    }

    [TestMethod]
    public void Binary_without_probabilities()
    {
        var mlContext = _mlContext;
        IDataView test = BinaryData;
        IEstimator<ITransformer> pipeline = mlContext.BinaryClassification.Trainers.FastForest(
            numberOfLeaves: 2, numberOfTrees: 8, minimumExampleCountPerLeaf: 2);
        ITransformer model = pipeline.Fit(test);
        IDataView data = test;

        AssertPrintsSensors(
            WhatIsPrinted(() =>
            {
                // snippet: outages_binary_plain
                var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Fill = DropoutFill.Missing };
                Console.WriteLine(mlContext.BinaryClassification.EvaluateOutagesNonCalibrated(model, test, options));
                // end
            }),
            "F1Score");

        // snippet: outages_binary_plain_folds
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6 };
        var folds = mlContext.BinaryClassification.CrossValidateOutagesNonCalibrated(data, pipeline, options);
        double clean = folds.Average(fold => fold.Clean.Metrics.Accuracy);
        double worst = folds.Average(fold => fold.Worst().Metrics.Accuracy);
        // end

        AssertFolds(folds.Count, clean, worst);
    }

    [TestMethod]
    public void Regression()
    {
        var mlContext = _mlContext;
        IDataView test = NumberData;
        IEstimator<ITransformer> pipeline = mlContext.Regression.Trainers.FastTree(
            numberOfLeaves: 2, numberOfTrees: 8, minimumExampleCountPerLeaf: 2, learningRate: 0.5);
        ITransformer model = pipeline.Fit(test);
        Assert.HasCount(6, EvaluateRegression(model, test, Plain).SingleLosses);
        IDataView data = test;

        AssertPrintsSensors(
            WhatIsPrinted(() =>
            {
                // snippet: outages_regression
                var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Fill = DropoutFill.Missing };
                Console.WriteLine(mlContext.Regression.EvaluateOutages(model, test, options));
                // end
            }),
            "RSquared");

        // snippet: outages_regression_folds
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6 };
        var folds = mlContext.Regression.CrossValidateOutages(data, pipeline, options);
        double clean = folds.Average(fold => fold.Clean.Metrics.RSquared);
        double worst = folds.Average(fold => fold.Worst().Metrics.RSquared);
        // end

        AssertFolds(folds.Count, clean, worst);
    }

    [TestMethod]
    public void Ranking()
    {
        var mlContext = _mlContext;
        IDataView test = RankingData;
        IEstimator<ITransformer> pipeline = mlContext.Ranking.Trainers.FastTree(
            numberOfLeaves: 2, numberOfTrees: 8, minimumExampleCountPerLeaf: 2);
        ITransformer model = pipeline.Fit(test);
        Assert.HasCount(6, EvaluateRanking(model, test, Plain).SingleLosses);
        IDataView data = test;

        AssertPrintsSensors(
            WhatIsPrinted(() =>
            {
                // snippet: outages_ranking
                var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Fill = DropoutFill.Missing };
                Console.WriteLine(mlContext.Ranking.EvaluateOutages(model, test, options));
                // end
            }),
            "NDCG@1");

        // snippet: outages_ranking_folds
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6 };
        var folds = mlContext.Ranking.CrossValidateOutages(data, pipeline, options);
        double clean = folds.Average(fold => fold.Clean.Metrics.NormalizedDiscountedCumulativeGains[0]);
        double worst = folds.Average(fold => fold.Worst().Metrics.NormalizedDiscountedCumulativeGains[0]);
        // end

        AssertFolds(folds.Count, clean, worst);
    }

    [TestMethod]
    public void Report()
    {
        var mlContext = _mlContext;
        IDataView test = Data;
        ITransformer model = MulticlassPipeline.Fit(test);
        SpatialDropoutOptions options = Plain;

        AssertPrintsSensors(
            WhatIsPrinted(() =>
            {
                // snippet: outages_report
                OutageReport<MulticlassClassificationMetrics> report =
                    mlContext.MulticlassClassification.EvaluateOutages(model, test, options);
                Console.WriteLine(report);
                double clean = report.Clean.Metrics.MicroAccuracy;
                double worst = report.Worst(metrics => metrics.MacroAccuracy).Metrics.MacroAccuracy;
                double mean = report.Mean(metrics => metrics.LogLoss);
                // end

                Assert.AreEqual(1, clean);
                Assert.IsLessThanOrEqualTo(clean, worst);
                Assert.IsGreaterThan(report.Clean.Metrics.LogLoss, mean);
                CheckMeanAndWorst(report);
            }),
            "MicroAccuracy");
    }

    [TestMethod]
    public void Worst_of_a_regression()
    {
        OutageReport<RegressionMetrics> report = _mlContext.Regression.EvaluateOutages(
            _mlContext.Regression.Trainers.FastTree(numberOfTrees: 8, minimumExampleCountPerLeaf: 2).Fit(NumberData), NumberData, Plain);

        // snippet: outages_worst
        Outage<RegressionMetrics> worst = report.Worst(metrics => metrics.RootMeanSquaredError, lessIsBetter: true);
        // end

        Assert.AreEqual(report.SingleLosses.Max(loss => loss.Metrics.RootMeanSquaredError), worst.Metrics.RootMeanSquaredError);
    }

    [TestMethod]
    public void Progress()
    {
        var mlContext = _mlContext;
        string printed = WhatIsPrinted(() =>
        {
            // snippet: outages_progress
            var progress = new Progress<OutageProgress>(step => Console.WriteLine($"{step.Done} of {step.Total}"));
            // end

            // What a Progress reports on another thread, this does at once.
            foreach (OutageProgress step in Steps())
                Console.WriteLine($"{step.Done} of {step.Total}");
            mlContext.MulticlassClassification.EvaluateOutages(MulticlassPipeline.Fit(Data), Data, Plain, progress: progress);
        });

        StringAssert.Contains(printed, $"1 of 7{Environment.NewLine}2 of 7");

        List<OutageProgress> Steps()
        {
            var steps = new ProgressList();
            mlContext.MulticlassClassification.EvaluateOutages(MulticlassPipeline.Fit(Data), Data, Plain, progress: steps);
            return steps.Steps;
        }
    }

    private IEstimator<ITransformer> MulticlassPipeline =>
        _mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy();

    private IDataView BinaryData => Replace("Label", _mlContext.Transforms.CopyColumns("Label", "IsWalking"));

    private IDataView NumberData => Replace(
        "Label", _mlContext.Transforms.Conversion.ConvertType("Label", "IsWalking", DataKind.Single));

    private IDataView RankingData => _mlContext.Transforms.Conversion.MapValueToKey("GroupId", "Session")
        .Fit(NumberData).Transform(NumberData);

    private OutageReport<MulticlassClassificationMetrics> EvaluateMulticlass(
        ITransformer model, IDataView test, SpatialDropoutOptions options)
    {
        var mlContext = _mlContext;

        // snippet: outages_multiclass_class
        var report = mlContext.MulticlassClassification.EvaluateOutages(model, test, options);
        // end

        return report;
    }

    private OutageReport<CalibratedBinaryClassificationMetrics> EvaluateBinary(
        ITransformer model, IDataView test, SpatialDropoutOptions options)
    {
        var mlContext = _mlContext;

        // snippet: outages_binary_class
        var report = mlContext.BinaryClassification.EvaluateOutages(model, test, options);
        // end

        return report;
    }

    private OutageReport<RegressionMetrics> EvaluateRegression(ITransformer model, IDataView test, SpatialDropoutOptions options)
    {
        var mlContext = _mlContext;

        // snippet: outages_regression_class
        var report = mlContext.Regression.EvaluateOutages(model, test, options);
        // end

        return report;
    }

    private OutageReport<RankingMetrics> EvaluateRanking(ITransformer model, IDataView test, SpatialDropoutOptions options)
    {
        var mlContext = _mlContext;

        // snippet: outages_ranking_class
        var report = mlContext.Ranking.EvaluateOutages(model, test, options);
        // end

        return report;
    }

    private static void CheckMeanAndWorst(OutageReport<MulticlassClassificationMetrics> report)
    {
        // snippet: outages_mean
        double accuracy = report.Mean(metrics => metrics.MicroAccuracy);
        // end

        Assert.AreEqual(report.SingleLosses.Average(loss => loss.Metrics.MicroAccuracy), accuracy, 1e-12);

        string printed = WhatIsPrinted(() =>
        {
            // snippet: outages_outage
            Outage<MulticlassClassificationMetrics> worst = report.Worst();
            Console.WriteLine($"Without {worst.Name}: {worst.Metrics.MicroAccuracy:P1}");
            // end
        });
        StringAssert.StartsWith(printed, "Without channel ");
    }

    private static void AssertPrintsSensors(string printed, string metric)
    {
        StringAssert.StartsWith(printed, "lost sensor ");
        StringAssert.Contains(printed, metric);
        for (int channel = 0; channel < 6; channel++)
            StringAssert.Contains(printed, $"channel {channel} ");
    }

    private static void AssertFolds(int folds, double clean, double worst)
    {
        Assert.AreEqual(5, folds);
        Assert.IsGreaterThan(0.5, clean);
        Assert.IsLessThanOrEqualTo(clean, worst);
    }

    private static string WhatIsPrinted(Action print)
    {
        TextWriter before = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            print();
        }
        finally
        {
            Console.SetOut(before);
        }

        return printed.ToString();
    }

    private IDataView Replace(string column, IEstimator<ITransformer> by)
    {
        IDataView without = _mlContext.Transforms.DropColumns(column).Fit(Data).Transform(Data);
        return by.Fit(without).Transform(without);
    }
}
