// A model that does without any one of its sensors. dotnet run examples/recipes/quickstart.cs

#:project ../../src/MLNet.SpatialDropout.csproj
#:package Microsoft.ML.LightGbm
#:property PublishAot=false

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

var mlContext = new MLContext(seed: 1);
IDataView train = mlContext.Data.LoadFromEnumerable(Recording.Simulate(count: 400, seed: 1));
IDataView test = mlContext.Data.LoadFromEnumerable(Recording.Simulate(count: 400, seed: 2));

var label = mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity");
var stage = mlContext.Transforms.SpatialDropout("Features");    // the column declares [steps, channels]
var trainer = mlContext.MulticlassClassification.Trainers.LightGbm();

ITransformer without = label.Append(trainer).Fit(train);
ITransformer with = label.Append(stage).Append(trainer).Fit(train);

// A lost sensor reads zero.
var sensors = new SpatialDropoutOptions { OutputColumnName = "Features" };
var before = mlContext.MulticlassClassification.EvaluateOutages(without, test, sensors);
var after = mlContext.MulticlassClassification.EvaluateOutages(with, test, sensors);
Console.WriteLine($"Without the stage:\n{before}\nWith it:\n{after}");

// The stage is not in the model.
string path = Path.Combine(Path.GetTempPath(), "quickstart.zip");
mlContext.Model.Save(with, train.Schema, path);
Console.WriteLine($"Model: {path}");

if (after.Worst().Metrics.MicroAccuracy < before.Worst().Metrics.MicroAccuracy + 0.2)
    throw new InvalidOperationException("The stage should have helped.");

/// <summary>Two seconds of a wearable: 20 steps of six channels.</summary>
internal sealed class Recording
{
    public string Activity { get; set; } = "";

    [VectorType(20, 6)]
    public float[] Features { get; set; } = [];

    /// <summary>Each activity moves each channel in its own way, the first one most clearly.</summary>
    public static IEnumerable<Recording> Simulate(int count, int seed)
    {
        var random = new Random(seed);
        string[] activities = ["standing", "walking", "running"];
        return [.. Enumerable.Range(0, count).Select(i => new Recording
        {
            Activity = activities[i % 3],
            Features = [.. Enumerable.Range(0, 20 * 6).Select(value =>
                1 + ((i % 3) / (1f + (value % 6))) + (0.8f * random.NextSingle()))],
        })];
    }
}
