using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What a report says, on data so small that all its numbers can be worked out by hand.</summary>
[TestClass]
public sealed class OutageReportTests
{
    private static readonly SpatialDropoutOptions Options = new() { Columns = ["A", "B", "C"], Seed = 1 };

    // A + B + C is the truth. The variance of the labels is 4.25. Without A, the errors are 4, 0, 4 and 0.
    private static readonly Reading[] Rows =
    [
        new() { A = 4, B = 0, C = 1, Label = 5 },
        new() { A = 0, B = 2, C = 0, Label = 2 },
        new() { A = 4, B = 2, C = 0, Label = 6 },
        new() { A = 0, B = 0, C = 1, Label = 1 },
    ];

    private readonly MLContext _mlContext = new(1);

    private IDataView Data => _mlContext.Data.LoadFromEnumerable(Rows);

    private ITransformer Model => _mlContext.Transforms.Expression("Score", "(a, b, c) => a + b + c", "A", "B", "C").Fit(Data);

    [TestMethod]
    public void Table_of_single_losses() => AreEqual(
        """
        lost sensor     RSquared  difference  RootMeanSquaredError  MeanAbsoluteError
        none              1.0000      0.0000                0.0000             0.0000
        A                -0.8824     -1.8824                2.8284             2.0000
        B                 0.5294     -0.4706                1.4142             1.0000
        C                 0.8824     -0.1176                0.7071             0.5000
        any one, mean     0.1765     -0.8235                1.6499             1.1667
        any one, worst   -0.8824     -1.8824                2.8284             2.0000

        """,
        Report());

    [TestMethod]
    public void Table_of_pairs_in_another_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture =
                new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };

            AreEqual(
                """
                lost sensor     RSquared  difference  RootMeanSquaredError  MeanAbsoluteError
                none              1.0000      0.0000                0.0000             0.0000
                A                -0.8824     -1.8824                2.8284             2.0000
                B                 0.5294     -0.4706                1.4142             1.0000
                C                 0.8824     -0.1176                0.7071             0.5000
                any one, mean     0.1765     -0.8235                1.6499             1.1667
                any one, worst   -0.8824     -1.8824                2.8284             2.0000
                A + B            -2.2941     -3.2941                3.7417             3.0000
                A + C            -1.4706     -2.4706                3.2404             2.5000
                B + C             0.4118     -0.5882                1.5811             1.5000
                any two, mean    -1.1176     -2.1176                2.8544             2.3333
                any two, worst   -2.2941     -3.2941                3.7417             3.0000

                """,
                Report(lostPairs: true));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void Table_with_rows_without_a_score()
    {
        Reading[] rows =
        [
            .. Rows,
            new() { A = float.NaN, B = 1, C = 1, Label = 2 },
            new() { A = 0, B = float.NaN, C = 0, Label = 0 },
        ];

        OutageReport<RankingMetrics> report = _mlContext.Ranking.EvaluateOutages(
            _mlContext.Transforms.Expression("Score", "(a, b, c) => a + b + c", "A", "B", "C").Fit(Data),
            _mlContext.Data.LoadFromEnumerable(rows), Options with { Fill = DropoutFill.Constant(0) }, "Relevance",
            sensorNames: ["acc", "gyro", "temperature"]);

        AreEqual(
            """
            lost sensor     NDCG@1  difference  NDCG@2  NDCG@3  rows without score
            none            1.0000      0.0000  1.0000  1.0000                   2
            acc             0.2258     -0.7742  0.2258  0.4979                   1
            gyro            1.0000      0.0000  1.0000  0.9630                   1
            temperature     1.0000      0.0000  1.0000  1.0000                   2
            any one, mean   0.7419     -0.2581  0.7419  0.8203                 1.3
            any one, worst  0.2258     -0.7742  0.2258  0.4979                   2

            """,
            report);
    }

    [TestMethod]
    public void Table_with_infinite_metrics() => AreEqual(
        """
        lost sensor      RSquared  difference  RootMeanSquaredError  MeanAbsoluteError  rows without score
        none               1.0000      0.0000                0.0000             0.0000                   0
        C               -Infinity   -Infinity              Infinity           Infinity                   4
        any one, mean   -Infinity   -Infinity              Infinity           Infinity                   4
        any one, worst  -Infinity   -Infinity              Infinity           Infinity                   4

        """,
        _mlContext.Regression.EvaluateOutages(Model, Data, Options with { Columns = ["C"], Fill = DropoutFill.Missing }));

    [TestMethod]
    public void Worst_by_any_metric()
    {
        OutageReport<RegressionMetrics> report = Report(lostPairs: true);

        Assert.AreEqual("A", report.Worst().Name);
        Assert.AreEqual("A", report.Worst(metrics => metrics.RSquared).Name);
        Assert.AreEqual("A", report.Worst(metrics => metrics.RootMeanSquaredError, lessIsBetter: true).Name);
        Assert.AreEqual("C", report.Worst(metrics => metrics.RootMeanSquaredError).Name);
        Assert.AreEqual("A + B", report.Worst(lostSensors: 2).Name);
        Assert.AreEqual("B + C", report.Worst(metrics => metrics.RootMeanSquaredError, lostSensors: 2).Name);
        CollectionAssert.AreEqual(new[] { 0, 1 }, report.Worst(lostSensors: 2).LostSensors.ToArray());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Not_a_number_is_worst_and_the_first_of_equals(bool lessIsBetter)
    {
        OutageReport<RegressionMetrics> report = Report();
        double Read(RegressionMetrics metrics, int notANumber, double infinity) =>
            ReferenceEquals(metrics, report.SingleLosses[notANumber].Metrics) ? double.NaN : infinity;

        foreach (int sensor in new[] { 0, 1, 2 })
        {
            foreach (double infinity in new[] { double.NegativeInfinity, double.PositiveInfinity, 0 })
                Assert.AreSame(
                    report.SingleLosses[sensor], report.Worst(metrics => Read(metrics, sensor, infinity), lessIsBetter));
        }

        Assert.AreSame(report.SingleLosses[0], report.Worst(_ => 1, lessIsBetter));
        Assert.AreSame(report.SingleLosses[0], report.Worst(_ => double.NaN, lessIsBetter));
    }

    [TestMethod]
    public void Mean_of_any_metric()
    {
        OutageReport<RegressionMetrics> report = Report(lostPairs: true);

        Assert.AreEqual(report.SingleLosses.Average(loss => loss.Metrics.RSquared), report.Mean(), 1e-12);
        Assert.AreEqual((2 + 1 + 0.5) / 3, report.Mean(metrics => metrics.MeanAbsoluteError), 1e-12);
        Assert.AreEqual((3 + 2.5 + 1.5) / 3, report.Mean(metrics => metrics.MeanAbsoluteError, lostSensors: 2), 1e-12);
    }

    [TestMethod]
    [DataRow(false, 2)]
    [DataRow(false, 0)]
    [DataRow(true, 0)]
    [DataRow(true, 3)]
    [DataRow(true, -1)]
    public void Losses_that_were_not_asked_for(bool lostPairs, int lostSensors)
    {
        OutageReport<RegressionMetrics> report = Report(lostPairs);
        string message = "lostSensors must be 1, or 2 for a report of at least two sensors that was made with lostPairs: true.";

        foreach (Action call in new Action[]
            { () => report.Worst(lostSensors: lostSensors), () => report.Mean(lostSensors: lostSensors) })
            StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentOutOfRangeException>(call).Message, message);
    }

    [TestMethod]
    public void A_single_sensor_has_no_pairs()
    {
        OutageReport<RegressionMetrics> report =
            _mlContext.Regression.EvaluateOutages(Model, Data, Options with { Columns = ["B"] }, lostPairs: true);

        Assert.IsEmpty(report.PairLosses);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => report.Worst(lostSensors: 2));
    }

    [TestMethod]
    public void Progress_and_log()
    {
        var progress = new ProgressList();
        var messages = new List<string>();
        _mlContext.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Info && message.Message.Contains("Lost:", StringComparison.Ordinal))
                messages.Add(message.RawMessage);
        };

        _mlContext.Regression.EvaluateOutages(Model, Data, Options, lostPairs: true, progress: progress);

        CollectionAssert.AreEqual(
            Enumerable.Range(1, 7).Select(done => new OutageProgress(done, 7)).ToArray(), progress.Steps);
        CollectionAssert.AreEqual(
            new[]
            {
                "Lost: none. RSquared 1.0000 (1 of 7)",
                "Lost: A. RSquared -0.8824 (2 of 7)",
                "Lost: B. RSquared 0.5294 (3 of 7)",
                "Lost: C. RSquared 0.8824 (4 of 7)",
                "Lost: A + B. RSquared -2.2941 (5 of 7)",
                "Lost: A + C. RSquared -1.4706 (6 of 7)",
                "Lost: B + C. RSquared 0.4118 (7 of 7)",
            },
            messages);
    }

    [TestMethod]
    public void The_log_tells_of_the_training_of_each_fold()
    {
        var messages = new List<string>();
        _mlContext.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Info
                && (message.RawMessage.StartsWith("Lost:", StringComparison.Ordinal)
                    || message.RawMessage.StartsWith("Fold", StringComparison.Ordinal)))
                messages.Add(message.RawMessage);
        };

        _mlContext.Regression.CrossValidateOutages(
            _mlContext.Data.LoadFromEnumerable(Enumerable.Repeat(Rows, 10).SelectMany(rows => rows)),
            _mlContext.Transforms.Expression("Score", "(a, b, c) => a + b + c", "A", "B", "C"), Options with { Columns = ["A"] },
            2);

        Assert.HasCount(6, messages);
        Assert.AreEqual("Fold 1 of 2: training", messages[0]);
        StringAssert.StartsWith(messages[1], "Lost: none. RSquared 1.0000 (1 of 2)");
        Assert.AreEqual("Fold 2 of 2: training", messages[3]);
    }

    private static void AreEqual(string expected, object report) =>
        Assert.AreEqual(expected.ReplaceLineEndings(), report.ToString());

    private OutageReport<RegressionMetrics> Report(bool lostPairs = false) =>
        _mlContext.Regression.EvaluateOutages(Model, Data, Options, lostPairs: lostPairs);

    private sealed class Reading
    {
        public float A { get; set; }

        public float B { get; set; }

        public float C { get; set; }

        public float Label { get; set; }

        public float Relevance => Math.Min(4, Label);

        [KeyType(2)]
        public uint GroupId { get; set; } = 1;
    }
}
