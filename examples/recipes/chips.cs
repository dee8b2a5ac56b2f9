// A device of several chips: three axes of acceleration, three of rotation, a temperature. A chip fails as a whole.
// dotnet run examples/recipes/chips.cs

#:project ../../src/MLNet.SpatialDropout.csproj
#:package Microsoft.ML.LightGbm
#:property PublishAot=false

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

var options = new SpatialDropoutOptions
{
    OutputColumnName = "Features",
    Groups = [3, 3, 1],       // channels that fail together; rates and counts are those of chips
    MinKept = 1,              // at least one chip works
    Copies = 4,
    KeepOriginal = true,
    Seed = 1,
};
var mlContext = new MLContext(seed: 1);
var model = mlContext.Transforms.Conversion.MapValueToKey("Label")
    .Append(mlContext.Transforms.SpatialDropout(options))
    .Append(mlContext.MulticlassClassification.Trainers.LightGbm())
    .Fit(mlContext.Data.LoadFromEnumerable(Reading.Simulate(seed: 1)));

IDataView test = mlContext.Data.LoadFromEnumerable(Reading.Simulate(seed: 2));
var report = mlContext.MulticlassClassification.EvaluateOutages(
    model, test, options, sensorNames: ["accelerometer", "gyroscope", "thermometer"], lostPairs: true);
Console.WriteLine(report);
if (report.PairLosses.Count != 3 || report.Worst().Metrics.MicroAccuracy < 0.9)
    throw new InvalidOperationException("No chip should be indispensable.");

/// <summary>Ten steps of seven channels.</summary>
internal sealed class Reading
{
    public string Label { get; set; } = "";

    [VectorType(10 * 7)]
    public float[] Features { get; set; } = [];

    public static Reading[] Simulate(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 300).Select(i => new Reading
        {
            Label = i % 2 == 0 ? "idle" : "busy",
            Features = [.. Enumerable.Range(0, 70).Select(value => 1 + (i % 2 / (1f + (value % 7 / 3))) + random.NextSingle())],
        })];
    }
}
