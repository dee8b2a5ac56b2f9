using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The code of docs/guide.md, run as it is printed there.</summary>
[TestClass]
public sealed class GuideSnippets
{
    private const int Steps = 8;
    private const int Channels = 6;

    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Start()
    {
        MLContext mlContext = _mlContext;

        // snippet: start
        var stage = mlContext.Transforms.SpatialDropout("Features", channels: 6);
        // end

        // snippet: written_out
        var sameStage = mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 6,
            Rate = 0.3,             // a sensor is lost in three copies of ten
            Copies = 4,             // four dropped-out copies of each recording ...
            KeepOriginal = true,    // ... after the recording itself
        });
        // end

        Assert.AreEqual(stage.Options, sameStage.Options with { Seed = stage.Options.Seed });

        IDataView recordings = Recordings(200, seed: 1);
        float[][] rows = [.. stage.Fit(recordings).TransformForTraining(recordings).GetColumn<float[]>("Features")];
        Assert.HasCount(5 * 200, rows);
        Assert.IsTrue(rows.Chunk(5).All(copies => !copies[0].Contains(0)), "the original comes first");
        int lost = rows.Where((_, row) => row % 5 > 0).Count(row => row[0] == 0);
        Assert.AreEqual(0.3, lost / (4 * 200.0), 0.05);
    }

    [TestMethod]
    public void Any_failure()
    {
        // snippet: any_failure
        var anyFailure = new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 6,
            Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing, DropoutFill.LastValue),    // one for each loss
            Copies = 4,
            KeepOriginal = true,
        };
        // end

        float[] row = [.. Enumerable.Range(1, 128 * Channels)];
        DropoutPlan plan = DropoutPlan.Create(anyFailure with { Seed = 1 }, row.Length);
        var lost = new HashSet<int>();
        var kinds = new HashSet<string>();
        for (uint id = 0; id < 2000; id++)
        {
            var dropped = new float[row.Length];
            plan.Apply(new MaskKey(id), row, dropped);
            int[][] changed = [.. Enumerable.Range(0, Channels).Select(channel => Enumerable.Range(0, 128)
                .Where(step => dropped[(step * Channels) + channel] != row[(step * Channels) + channel]).ToArray())];
            lost.UnionWith(changed.Select(steps => steps.Length));
            kinds.UnionWith(changed.Select((steps, channel) => steps.Length == 0 ? "kept"
                : dropped[(steps[^1] * Channels) + channel] switch
                {
                    0 => "zero",
                    float.NaN => "NaN",
                    _ => "stuck",
                }));
        }

        CollectionAssert.AreEquivalent(new[] { "kept", "zero", "NaN", "stuck" }, kinds.ToArray());

        // A sensor that is stuck from the first step on reads right there, which makes one step less.
        Assert.IsTrue(lost.All(steps => steps is 0 or 127 or 128) && lost.Contains(128));
    }

    [TestMethod]
    public void Costs_of_a_lost_sensor()
    {
        MLContext mlContext = _mlContext;
        IDataView test = Recordings(200, seed: 2);
        ITransformer model = mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity")
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Fit(Recordings(200, seed: 1));

        // snippet: costs
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6 };    // a lost sensor reads zero
        var report = mlContext.MulticlassClassification.EvaluateOutages(model, test, options);
        Console.WriteLine(report);

        Outage<MulticlassClassificationMetrics> worst = report.Worst(metrics => metrics.MacroAccuracy);
        Console.WriteLine($"Without {worst.Name}: {worst.Metrics.MacroAccuracy:P1}");
        // end

        Assert.AreEqual("channel 0", worst.Name);
        Assert.IsLessThan(report.Clean.Metrics.MacroAccuracy, worst.Metrics.MacroAccuracy);

        // snippet: costs_of_columns
        var ofColumns = new SpatialDropoutOptions
        {
            Columns = ["Acceleration", "Rotation", "Temperature"],
            Fill = DropoutFill.Missing,
        };
        // end

        Assert.HasCount(3, ofColumns.Columns!);
    }

    [TestMethod]
    public void Measure()
    {
        MLContext mlContext = _mlContext;
        IDataView train = Recordings(200, seed: 1);
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6 };

        // snippet: measure
        IEstimator<ITransformer> Pipeline(double rate) => mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity")
            .Append(mlContext.Transforms.SpatialDropout("Features", channels: 6, rate: rate))
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy());

        var results = new List<(double Rate, double Clean, double Worst)>();
        foreach (double rate in new[] { 0, 0.2, 0.4, 0.6 })
        {
            var folds = mlContext.MulticlassClassification.CrossValidateOutages(train, Pipeline(rate), options);
            results.Add((rate, folds.Average(Clean), folds.Average(Worst)));
        }

        double Clean(OutageReport<MulticlassClassificationMetrics> fold) => fold.Clean.Metrics.MicroAccuracy;
        double Worst(OutageReport<MulticlassClassificationMetrics> fold) => fold.Worst().Metrics.MicroAccuracy;
        // end

        Assert.HasCount(4, results);
        Assert.IsTrue(results.All(result => result.Clean > 0.9), string.Join(' ', results));
        Assert.IsGreaterThan(results[0].Worst + 0.05, results.Max(result => result.Worst), string.Join(' ', results));
    }

    private IDataView Recordings(int count, int seed)
    {
        var random = new Random(seed);
        return _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Recording
        {
            Activity = i % 2 == 0 ? "walking" : "running",
            Features =
            [
                .. Enumerable.Range(0, Steps * Channels).Select(j =>
                    ((i % 2) - 0.5f) * (j % Channels == 0 ? 4 : 1) + (2 * random.NextSingle()) - 1),
            ],
        }).ToArray());
    }

    private sealed class Recording
    {
        public string Activity { get; set; } = "";

        [VectorType(Steps * Channels)]
        public float[] Features { get; set; } = [];
    }
}
