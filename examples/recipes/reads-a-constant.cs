// A lost sensor reads -999. Trees take it as it is. Before a normalizer it squashes a linear model: replace it first.

#:project ../../src/MLNet.SpatialDropout.csproj
#:package Microsoft.ML.LightGbm
#:property PublishAot=false

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

var mlContext = new MLContext(seed: 1);
IDataView train = mlContext.Data.LoadFromEnumerable(Device.Simulate(seed: 1));
var lost = new SpatialDropoutOptions
{
    OutputColumnName = "Features", Channels = 3, Fill = DropoutFill.Constant(-999), Copies = 4, KeepOriginal = true, Seed = 1,
};
var label = mlContext.Transforms.Conversion.MapValueToKey("Label");
var trees = label.Append(mlContext.Transforms.SpatialDropout(lost))
    .Append(mlContext.MulticlassClassification.Trainers.LightGbm());
// The normalizer scales by the greatest value. With -999 among them, all others come out alike.
var linear = mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy();
var squashed = label.Append(mlContext.Transforms.SpatialDropout(lost))
    .Append(mlContext.Transforms.NormalizeMinMax("Features")).Append(linear);

// So the model itself turns -999 into 0, and a flag says that the sensor is lost.
var zero = lost with { Fill = DropoutFill.Zero };
var flagged = mlContext.Transforms.Expression("Features", "x => x == -999 ? 0f : x", "Features")
    .Append(label).Append(mlContext.Transforms.SpatialDropout(zero)).Append(mlContext.Transforms.IndicateLost("Lost", zero))
    .Append(mlContext.Transforms.NormalizeMinMax("Features"))
    .Append(mlContext.Transforms.Concatenate("Features", "Features", "Lost")).Append(linear);

if (Measure("trees", trees) < 0.9 || Measure("linear, squashed", squashed) > 0.8 || Measure("linear, flagged", flagged) < 0.9)
    throw new InvalidOperationException("Only the model behind the normalizer should suffer.");

double Measure(string name, IEstimator<ITransformer> pipeline)
{
    var report = mlContext.MulticlassClassification.EvaluateOutages(
        pipeline.Fit(train), mlContext.Data.LoadFromEnumerable(Device.Simulate(seed: 2)), lost);
    Console.WriteLine($"{name,-30} clean {report.Clean.Metrics.MicroAccuracy:P1}, worst {report.Worst().Metrics.MicroAccuracy:P1}");
    return report.Worst().Metrics.MicroAccuracy;
}

/// <summary>One reading of each of three sensors.</summary>
internal sealed class Device
{
    public string Label { get; set; } = "";

    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public static Device[] Simulate(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 600).Select(i => new Device
        {
            Label = i % 2 == 0 ? "idle" : "busy",
            Features = [.. Enumerable.Range(0, 3).Select(_ => 1 + (i % 2) + (1.5f * random.NextSingle()))],
        })];
    }
}
