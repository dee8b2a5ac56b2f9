using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The documents' code for what follows training, run as it is printed there.</summary>
[TestClass]
public sealed class UsageSnippets
{
    private readonly MLContext _mlContext = new(seed: 1);

    private static SpatialDropoutOptions Options => new()
    {
        OutputColumnName = "Features",
        Channels = Reading.Sensors,
        Copies = 4,
        KeepOriginal = true,
    };

    [TestMethod]
    public void A_calibrator()
    {
        MLContext mlContext = _mlContext;
        IDataView train = Rows(seed: 1);
        IDataView calibration = Rows(seed: 2);

        // snippet: calibrator
        var chain = mlContext.Transforms.SpatialDropout("Features", channels: 6)
            .Append(mlContext.BinaryClassification.Trainers.AveragedPerceptron());
        var trained = chain.Fit(train);

        var platt = mlContext.BinaryClassification.Calibrators.Platt();
        var model = trained.Append(platt.Fit(trained.Transform(calibration)));    // sees plain rows
        // end

        IDataView test = Rows(seed: 3);
        ITransformer inTheChain = chain.Append(platt).Fit(train);
        Assert.IsLessThan(LogLoss(inTheChain) - 0.05, LogLoss(model));

        double LogLoss(ITransformer calibrated) =>
            mlContext.BinaryClassification.Evaluate(calibrated.Transform(test)).LogLoss;
    }

    [TestMethod]
    public void Early_stopping() => LightGbmLibrary.WhereItLoads(() =>
    {
        MLContext mlContext = _mlContext;
        SpatialDropoutOptions options = Options;
        IDataView train = Rows(seed: 1);
        IDataView validation = Rows(seed: 2);

        // snippet: early_stopping
        var features = mlContext.Transforms.NormalizeMinMax("Features").Fit(train);
        IDataView damaged = mlContext.Data.SpatialDropout(features.Transform(train), options);

        var trainer = mlContext.BinaryClassification.Trainers.LightGbm(
            new LightGbmBinaryTrainer.Options { NumberOfIterations = 500, EarlyStoppingRound = 10 });
        var predictor = trainer.Fit(damaged, features.Transform(validation));    // the validation rows are plain
        var model = features.Append(predictor);
        // end

        Assert.IsLessThan(500, ((LightGbmBinaryModelParameters)predictor.Model.SubModel).TrainedTreeEnsemble.Trees.Count);
        Assert.IsGreaterThan(0.9, mlContext.BinaryClassification.Evaluate(model.Transform(Rows(seed: 3))).Accuracy);
    });

    [TestMethod]
    public void Vectors_of_a_DataFrame()
    {
        MLContext mlContext = _mlContext;
        Reading[] readings = Reading.Generate(200, seed: 1);
        var frame = new DataFrame(
            new StringDataFrameColumn("Activity", readings.Select(row => row.Label ? "running" : "walking")),
            new VBufferDataFrameColumn<float>(
                "Features",
                readings.Select(row => new VBuffer<float>(
                    Recording.Length, [.. Enumerable.Repeat(row.Features, 128).SelectMany(step => step)]))));

        // snippet: data_frame
        var recordings = mlContext.Data.CreateEnumerable<Recording>(frame, reuseRowObject: false);
        IDataView train = mlContext.Data.LoadFromEnumerable(recordings);    // Recording declares [VectorType(128 * 6)]
        // end

        var model = mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity")
            .Append(mlContext.Transforms.SpatialDropout("Features", channels: 6))
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Fit(train);
        Assert.IsGreaterThan(0.8, mlContext.MulticlassClassification.Evaluate(model.Transform(train)).MicroAccuracy);
    }

    [TestMethod]
    public void Flags_in_ONNX()
    {
        MLContext mlContext = _mlContext;
        SpatialDropoutOptions options = Options;
        IDataView rows = Rows(seed: 1);
        IDataView train = mlContext.Transforms.SelectColumns("Label", "Features").Fit(rows).Transform(rows);
        using var stream = new MemoryStream();
        var pipeline = new EstimatorChain<ITransformer>()
            .Append<ITransformer>(mlContext.Transforms.SpatialDropout(options))
            .Append<ITransformer>(mlContext.Transforms.IndicateLost("Lost", options))
            .Append<ITransformer>(mlContext.Transforms.NormalizeMinMax("Features"))
            .Append<ITransformer>(mlContext.Transforms.Concatenate("Features", "Features", "Lost"))
            .Append<ITransformer>(mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression());

        // snippet: flags_onnx
        var model = pipeline.Fit(train);
        var flags = new TransformerChain<ITransformer>([.. model.Take(2)]);    // the stage and IndicateLost
        var rest = new TransformerChain<ITransformer>([.. model.Skip(2)]);

        IDataView flagged = mlContext.Data.Cache(flags.Transform(train));      // the export goes back to a cache, and ends there
        mlContext.Model.ConvertToOnnx(rest, flagged, stream);                  // Lost is an input, like Features
        // end

        // Rows with losses, whose flags are made by hand.
        IDataView damaged = mlContext.Data.SpatialDropout(Rows(seed: 2), Options with { Copies = 1, KeepOriginal = false });
        IDataView byHand = mlContext.Data.LoadFromEnumerable(damaged.GetColumn<bool>("Label")
            .Zip(damaged.GetColumn<float[]>("Features"), (label, values) => new FlaggedRow
            {
                Label = label,
                Features = values,
                Lost = [.. values.Select(value => value == 0 ? 1f : 0f)],
            }).ToArray());
        Assert.IsTrue(byHand.GetColumn<float[]>("Lost").Any(row => row.Contains(1)));
        stream.Position = 0;
        OnnxScores.AreEqual(
            model.Transform(damaged), mlContext.Transforms.ApplyOnnxModel(stream).Fit(byHand).Transform(byHand));
    }

    private IDataView Rows(int seed) => _mlContext.Data.LoadFromEnumerable(Reading.Generate(500, seed));

    private sealed class Recording
    {
        public const int Length = 128 * 6;

        public string Activity { get; set; } = "";

        [VectorType(Length)]
        public float[] Features { get; set; } = [];
    }

    private sealed class FlaggedRow
    {
        public bool Label { get; set; }

        [VectorType(Reading.Sensors)]
        public float[] Features { get; set; } = [];

        [VectorType(Reading.Sensors)]
        public float[] Lost { get; set; } = [];
    }
}
