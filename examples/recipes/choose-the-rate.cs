// Which rate? Cross-validate with each sensor lost in turn, and compare.
// dotnet run examples/recipes/choose-the-rate.cs

#:project ../../src/MLNet.SpatialDropout.csproj
#:package Microsoft.ML.LightGbm
#:property PublishAot=false

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

var mlContext = new MLContext(seed: 1);
IDataView data = mlContext.Data.LoadFromEnumerable(Recording.Simulate(seed: 1));
var sensors = new SpatialDropoutOptions { OutputColumnName = "Features" };

IEstimator<ITransformer> Pipeline(double rate) => mlContext.Transforms.Conversion.MapValueToKey("Label")
    .Append(mlContext.Transforms.SpatialDropout("Features", rate: rate))
    .Append(mlContext.MulticlassClassification.Trainers.LightGbm());

var results = new List<(double Rate, double Clean, double Worst)>();
foreach (double rate in new[] { 0, 0.1, 0.3, 0.5 })
{
    var folds = mlContext.MulticlassClassification.CrossValidateOutages(data, Pipeline(rate), sensors, numberOfFolds: 3);
    double clean = folds.Average(fold => fold.Clean.Metrics.MicroAccuracy);
    double worst = folds.Average(fold => fold.Worst().Metrics.MicroAccuracy);
    results.Add((rate, clean, worst));
    Console.WriteLine($"rate {rate}: clean {clean:P1}, worst single loss {worst:P1}");
}

(double best, _, double bestLoss) = results.MaxBy(result => result.Clean + result.Worst);
Console.WriteLine($"Best in the mean of both: rate {best}");
if (best == 0 || bestLoss < results[0].Worst + 0.05)
    throw new InvalidOperationException("The stage should have helped.");

/// <summary>Twenty steps of three channels, which swing higher at work.</summary>
internal sealed class Recording
{
    public string Label { get; set; } = "";

    [VectorType(20, 3)]
    public float[] Features { get; set; } = [];

    public static Recording[] Simulate(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 400).Select(i => new Recording
        {
            Label = i % 2 == 0 ? "rest" : "work",
            Features = [.. Enumerable.Range(0, 60).Select(value =>
                2 + ((1 + (i % 2 / (1f + (value % 3)))) * (random.NextSingle() - 0.5f)))],
        })];
    }
}
