using Examples;
using Microsoft.ML;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>What a report on lost sensors costs: seven passes for six sensors, clean data included.</summary>
internal static class EvaluationComparison
{
    public static IEnumerable<Comparison> All =>
    [
        Create("L-BFGS", mlContext => mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy()),
        Create("LightGBM", mlContext => mlContext.MulticlassClassification.Trainers.LightGbm()),
    ];

    private static Comparison Create(string name, Func<MLContext, IEstimator<ITransformer>> createTrainer) =>
        new($"EvaluateOutages of 6 sensors, {name}", "one Evaluate", Bar: null, () => Prepare(createTrainer));

    private static Sides Prepare(Func<MLContext, IEstimator<ITransformer>> createTrainer)
    {
        DataSet recordings = WearableGenerator.Generate(seed: 1);
        var mlContext = new MLContext(1);
        IDataView test = mlContext.Data.Cache(recordings.Test.Load(mlContext));
        ITransformer model = mlContext.Transforms.Conversion.MapValueToKey(nameof(Recording.Label))
            .Append(mlContext.Transforms.NormalizeMinMax(nameof(Recording.Features)))
            .Append(createTrainer(mlContext))
            .Fit(recordings.Train.Load(mlContext));
        var options = new SpatialDropoutOptions
        {
            OutputColumnName = nameof(Recording.Features),
            Channels = recordings.Test.Channels,
        };
        return new Sides(
            () => mlContext.MulticlassClassification.EvaluateOutages(model, test, options),
            () => mlContext.MulticlassClassification.Evaluate(model.Transform(test)),
            recordings.Test.Recordings.Count);
    }
}
