using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Rows that a linear model gives no score, because a value is missing: counted as wrong, by hand. ML.NET's Evaluate leaves them
/// out.
/// </summary>
[TestClass]
public sealed class RowsWithoutScoreTests
{
    private static readonly SpatialDropoutOptions Missing = OutageModels.ByChannel with { Fill = DropoutFill.Missing };

    // Every third row has a missing value before any loss.
    private static readonly OutageRow[] Mixed = [.. OutageModels.Test.Select((row, i) =>
    {
        OutageRow copy = row.Copy();
        if (i % 3 == 0)
            copy.Features[4] = float.NaN;
        return copy;
    })];

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Multiclass_counts_them_wrong_and_their_log_loss_is_that_of_a_guess()
    {
        // A class that the model does not know has no label: the row counts nowhere, whether it has a score or not.
        OutageRow[] rows = [.. Mixed.Select(row => row.Copy())];
        rows[0].Class = rows[1].Class = rows[2].Class = "unseen";
        ITransformer model = Fit(OutageModels.MultiLinear(_mlContext));
        IDataView data = OutageModels.Load(_mlContext, rows);

        OutageReport<MulticlassClassificationMetrics> report =
            _mlContext.MulticlassClassification.EvaluateOutages(model, data, Missing, topKPredictionCount: 2);

        IDataView scored = model.Transform(data);
        (uint Label, float[] Scores)[] all =
            [.. scored.GetColumn<uint>("Label").Zip(scored.GetColumn<float[]>("Score")).Where(row => row.First > 0)];
        Assert.HasCount(33, all);
        bool[] right = [.. all.Select(row => !HasNaN(row.Scores) && Best(row.Scores) == row.Label - 1)];
        Assert.AreEqual(right.Average(One), report.Clean.Metrics.MicroAccuracy, 1e-12);
        Assert.AreEqual(
            all.Zip(right).GroupBy(row => row.First.Label).Average(rows => rows.Average(row => One(row.Second))),
            report.Clean.Metrics.MacroAccuracy, 1e-12);
        Assert.AreEqual(
            all.Average(row => -Math.Log(HasNaN(row.Scores) ? 1 / 3.0 : row.Scores[row.Label - 1])),
            report.Clean.Metrics.LogLoss, 1e-6);
        Assert.AreEqual(11, report.Clean.RowsWithoutScore);
        Assert.IsLessThan(
            _mlContext.MulticlassClassification.Evaluate(scored).MicroAccuracy, report.Clean.Metrics.MicroAccuracy,
            "Evaluate leaves the rows out");

        foreach (Outage<MulticlassClassificationMetrics> loss in report.SingleLosses)
        {
            Assert.AreEqual(33, loss.RowsWithoutScore);
            Assert.AreEqual(0, loss.Metrics.MicroAccuracy);
            Assert.AreEqual(0, loss.Metrics.MacroAccuracy);
            Assert.AreEqual(0, loss.Metrics.TopKAccuracy, "the right class comes last");
            Assert.AreEqual(Math.Log(3), loss.Metrics.LogLoss, 1e-6);
        }
    }

    [TestMethod]
    public void Calibrated_binary_counts_them_wrong_and_their_probability_is_one_half()
    {
        ITransformer model = Fit(OutageModels.BinaryLinear(_mlContext));
        IDataView data = OutageModels.Load(_mlContext, Mixed);

        OutageReport<CalibratedBinaryClassificationMetrics> report =
            _mlContext.BinaryClassification.EvaluateOutages(model, data, Missing, "IsFast");

        (bool IsFast, float Score)[] rows = Wrong(model.Transform(data));
        CheckBinary(rows, report.Clean.Metrics);
        Assert.AreEqual(12, report.Clean.RowsWithoutScore);
        double[] logLosses = [.. rows.Zip(model.Transform(data).GetColumn<float>("Probability"), (row, probability) =>
            float.IsNaN(probability) ? 1 : -Math.Log2(row.IsFast ? probability : 1 - probability))];
        Assert.AreEqual(logLosses.Average(), report.Clean.Metrics.LogLoss, 1e-6);

        foreach (Outage<CalibratedBinaryClassificationMetrics> loss in report.SingleLosses)
        {
            Assert.AreEqual(36, loss.RowsWithoutScore);
            Assert.AreEqual(0, loss.Metrics.Accuracy);
            Assert.AreEqual(0, loss.Metrics.AreaUnderRocCurve);
            Assert.AreEqual(1, loss.Metrics.LogLoss, 1e-12);
        }
    }

    [TestMethod]
    public void Binary_without_probabilities_counts_them_wrong()
    {
        ITransformer model = Fit(OutageModels.Perceptron(_mlContext));
        IDataView data = OutageModels.Load(_mlContext, Mixed);

        OutageReport<BinaryClassificationMetrics> report =
            _mlContext.BinaryClassification.EvaluateOutagesNonCalibrated(model, data, Missing, "IsFast");

        CheckBinary(Wrong(model.Transform(data)), report.Clean.Metrics);
        Assert.AreEqual(12, report.Clean.RowsWithoutScore);
        Assert.IsTrue(report.SingleLosses.All(loss => loss is { RowsWithoutScore: 36, Metrics.Accuracy: 0 }));
    }

    [TestMethod]
    public void A_regression_without_a_score_is_worst_of_all()
    {
        ITransformer model = Fit(OutageModels.RegressionLinear(_mlContext));

        // In the data with all values only the third sensor is missing, and only in one row.
        OutageRow[] rows = [.. OutageModels.Test.Select(row => row.Copy())];
        rows[7].Features[5] = float.NaN;
        var warnings = new List<string>();
        _mlContext.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning)
                warnings.Add(message.Message);
        };
        OutageReport<RegressionMetrics> report = _mlContext.Regression.EvaluateOutages(
            model, OutageModels.Load(_mlContext, rows), OutageModels.ByChannel with { Fill = DropoutFill.Constant(1) }, "Target");

        foreach (Outage<RegressionMetrics> outage in (Outage<RegressionMetrics>[])[report.Clean, .. report.SingleLosses.Take(2)])
        {
            Assert.AreEqual(1, outage.RowsWithoutScore, outage.Name);
            Assert.AreEqual(double.NegativeInfinity, outage.Metrics.RSquared, outage.Name);
            Assert.AreEqual(double.PositiveInfinity, outage.Metrics.RootMeanSquaredError, outage.Name);
            Assert.AreEqual(double.PositiveInfinity, outage.Metrics.MeanAbsoluteError, outage.Name);
        }

        // The fill of the lost sensor mends the row.
        Assert.AreEqual(0, report.SingleLosses[2].RowsWithoutScore);
        Assert.IsTrue(double.IsFinite(report.SingleLosses[2].Metrics.RSquared));
        Assert.AreSame(report.SingleLosses[0], report.Worst());
        Assert.AreSame(report.SingleLosses[0], report.Worst(metrics => metrics.RootMeanSquaredError, lessIsBetter: true));
        Assert.AreEqual(double.NegativeInfinity, report.Mean());

        // A finite value less an infinite one would look like a gain without end.
        string[] lines = report.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.IsTrue(lines.Skip(1).All(line => line.Contains("n/a", StringComparison.Ordinal)), $"{report}");
        Assert.Contains(
            warning => warning.Contains("With all sensors, 1 rows have no score", StringComparison.Ordinal)
                && warning.Contains("ReplaceMissingValues", StringComparison.Ordinal),
            warnings);
    }

    [TestMethod]
    public void Rows_without_a_label_are_not_counted()
    {
        ITransformer model = Fit(OutageModels.RegressionLinear(_mlContext));
        OutageRow[] rows = [.. OutageModels.Test.Select(row => row.Copy())];
        foreach (OutageRow row in rows.Take(10))
            row.Target = float.NaN;

        OutageReport<RegressionMetrics> report =
            _mlContext.Regression.EvaluateOutages(model, OutageModels.Load(_mlContext, rows), Missing, "Target");

        Assert.AreEqual(0, report.Clean.RowsWithoutScore);
        Assert.IsTrue(report.SingleLosses.All(loss => loss.RowsWithoutScore == 26));
        MetricsText.AreEqual(
            _mlContext.Regression.Evaluate(model.Transform(OutageModels.Load(_mlContext, rows.Skip(10))), "Target"),
            report.Clean.Metrics, "the rows with a label");
    }

    [TestMethod]
    public void A_ranking_has_them_last_the_best_of_them_at_the_end()
    {
        ITransformer model = Fit(OutageModels.RegressionLinear(_mlContext, "Relevance"));
        IDataView data = OutageModels.Load(_mlContext, Mixed);

        OutageReport<RankingMetrics> report = _mlContext.Ranking.EvaluateOutages(model, data, Missing, "Relevance");

        float[] scores = [.. model.Transform(data).GetColumn<float>("Score")];
        double[] clean = Ndcg(row => float.IsNaN(scores[row.Number]) ? -1e9f - row.Relevance : scores[row.Number]);
        double[] worst = Ndcg(row => -row.Relevance);
        for (int i = 0; i < 3; i++)
        {
            Assert.AreEqual(clean[i], report.Clean.Metrics.NormalizedDiscountedCumulativeGains[i], 1e-9, $"NDCG@{i + 1}");
            foreach (Outage<RankingMetrics> loss in report.SingleLosses)
                Assert.AreEqual(worst[i], loss.Metrics.NormalizedDiscountedCumulativeGains[i], 1e-9, $"{loss.Name}, NDCG@{i + 1}");
        }

        Assert.AreEqual(12, report.Clean.RowsWithoutScore);
        Assert.IsTrue(report.SingleLosses.All(loss => loss.RowsWithoutScore == 36));
        Assert.IsLessThan(clean[0], worst[0]);
    }

    [TestMethod]
    public void An_infinite_score_is_no_score()
    {
        ITransformer model = _mlContext.Transforms.CopyColumns("Score", "Temperature").Fit(
            OutageModels.Load(_mlContext, OutageModels.Train));
        OutageRow[] rows = [.. OutageModels.Test.Select(row => row.Copy())];
        rows[0].Temperature = float.NegativeInfinity;

        OutageReport<RankingMetrics> report = _mlContext.Ranking.EvaluateOutages(
            model, OutageModels.Load(_mlContext, rows), new SpatialDropoutOptions { Columns = ["Temperature"] }, "Relevance");

        Assert.AreEqual(1, report.Clean.RowsWithoutScore);
        Assert.AreEqual(0, report.SingleLosses[0].RowsWithoutScore);
    }

    private static bool HasNaN(float[] scores) => scores.Any(float.IsNaN);

    private static int Best(float[] scores) => Array.IndexOf(scores, scores.Max());

    private static double One(bool isTrue) => isTrue ? 1 : 0;

    // What a row without a score counts as: on the wrong side, and next to the threshold.
    private static (bool IsFast, float Score)[] Wrong(IDataView scored) =>
    [
        .. scored.GetColumn<bool>("IsFast").Zip(
            scored.GetColumn<float>("Score"),
            (isFast, score) => (isFast, !float.IsNaN(score) ? score : isFast ? -float.Epsilon : float.Epsilon)),
    ];

    private static void CheckBinary((bool IsFast, float Score)[] rows, BinaryClassificationMetrics metrics)
    {
        double right = rows.Count(row => row.IsFast && row.Score > 0);
        Assert.AreEqual(rows.Average(row => One(row.IsFast == row.Score > 0)), metrics.Accuracy, 1e-12);
        Assert.AreEqual(
            2 * right / (rows.Count(row => row.IsFast) + rows.Count(row => row.Score > 0)), metrics.F1Score, 1e-12);
        Assert.AreEqual(
            rows.Where(row => row.IsFast).Average(fast =>
                rows.Where(row => !row.IsFast).Average(slow => slow.Score < fast.Score ? 1 : slow.Score == fast.Score ? 0.5 : 0)),
            metrics.AreaUnderRocCurve, 1e-12);
        Assert.IsTrue(metrics.Accuracy is > 0 and < 1, "some rows are right");
    }

    // The mean over all groups, for the best one, two and three. The gains are ML.NET's.
    private static double[] Ndcg(Func<OutageRow, float> score)
    {
        double[] gains = [0, 3, 7];
        double Gain(IEnumerable<OutageRow> ranked) => ranked.Select((row, i) => gains[(int)row.Relevance] / Math.Log2(i + 2)).Sum();
        IEnumerable<IGrouping<uint, OutageRow>> groups = Mixed.GroupBy(row => row.GroupId);
        return [.. Enumerable.Range(1, 3).Select(count => groups.Average(group =>
            Gain(group.OrderByDescending(score).Take(count))
            / Gain(group.OrderByDescending(row => row.Relevance).Take(count))))];
    }

    private ITransformer Fit(IEstimator<ITransformer> pipeline) =>
        pipeline.Fit(OutageModels.Load(_mlContext, OutageModels.Train));
}
