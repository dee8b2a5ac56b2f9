// A regression that does without any one of its sensors. dotnet run examples/recipes/regression.cs

#:project ../../src/MLNet.SpatialDropout.csproj
#:package Microsoft.ML.LightGbm
#:property PublishAot=false

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

var mlContext = new MLContext(seed: 1);
IDataView train = mlContext.Data.LoadFromEnumerable(Load.Simulate(seed: 1));
IDataView test = mlContext.Data.LoadFromEnumerable(Load.Simulate(seed: 2));
var options = new SpatialDropoutOptions { Columns = ["Current", "Vibration", "Temperature"], Copies = 4, KeepOriginal = true, Seed = 1 };

var join = mlContext.Transforms.Concatenate("Features", "Current", "Vibration", "Temperature");
var trainer = mlContext.Regression.Trainers.LightGbm();
var before = mlContext.Regression.EvaluateOutages(join.Append(trainer).Fit(train), test, options);
var after = mlContext.Regression.EvaluateOutages(
    mlContext.Transforms.SpatialDropout(options).Append(join).Append(trainer).Fit(train), test, options);
Console.WriteLine($"Without the stage:\n{before}\nWith it:\n{after}");

// By any metric: here less is better.
double worstBefore = before.Worst(metrics => metrics.MeanAbsoluteError, lessIsBetter: true).Metrics.MeanAbsoluteError;
double worstAfter = after.Worst(metrics => metrics.MeanAbsoluteError, lessIsBetter: true).Metrics.MeanAbsoluteError;
if (worstAfter > worstBefore / 2)
    throw new InvalidOperationException("The stage should have halved the worst error.");

/// <summary>The load of a machine, in percent, and what three sensors show of it.</summary>
internal sealed class Load
{
    [ColumnName("Label")]
    public float Percent { get; set; }

    public float Current { get; set; }

    public float Vibration { get; set; }

    public float Temperature { get; set; }

    public static Load[] Simulate(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 500).Select(i =>
        {
            float percent = 100 * random.NextSingle();
            return new Load
            {
                Percent = percent,
                Current = 5 + (percent / 10) + (0.2f * random.NextSingle()),
                Vibration = 1 + (percent / 50) + (0.3f * random.NextSingle()),
                Temperature = 20 + (percent / 5) + (8 * random.NextSingle()),
            };
        })];
    }
}
