// Series in a CSV file, one reading a line: windows of equal length, and an outage that lasts a session.
// dotnet run examples/recipes/series-from-csv.cs

#:project ../../src/MLNet.SpatialDropout.csproj
#:package Microsoft.ML.LightGbm
#:property PublishAot=false

using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

// session,activity,x,y,z: 50 readings a session.
string path = Path.Combine(Path.GetTempPath(), "readings.csv");
var random = new Random(1);
File.WriteAllLines(path, Enumerable.Range(0, 60).SelectMany(session => Enumerable.Range(0, 50).Select(step => string.Create(
    CultureInfo.InvariantCulture,
    $"s{session},{(session % 2 == 0 ? "rest" : "work")},{Read(session, 4)},{Read(session, 2)},{Read(session, 1)}")))
    .Prepend("session,activity,x,y,z"));

// Windows of 16 steps of three channels. What is left of a session is dropped, as all rows must have one length.
Window[] windows = [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))
    .GroupBy(fields => fields[0])
    .SelectMany(session => session.Chunk(Window.Steps).Where(steps => steps.Length == Window.Steps))
    .Select(steps => new Window
    {
        Session = steps[0][0],
        Activity = steps[0][1],
        Features = [.. steps.SelectMany(fields => fields[2..].Select(value => float.Parse(value, CultureInfo.InvariantCulture)))],
    })];

// All windows of a session lose the same sensors, and a session is on one side of the split.
var mlContext = new MLContext(seed: 1);
var split = mlContext.Data.TrainTestSplit(mlContext.Data.LoadFromEnumerable(windows), 0.5, samplingKeyColumnName: "Session");
var options = new SpatialDropoutOptions
{
    OutputColumnName = "Features", Copies = 4, KeepOriginal = true, MaskKeyColumnName = "Session", Seed = 1,
};
var model = mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity")
    .Append(mlContext.Transforms.SpatialDropout(options))
    .Append(mlContext.MulticlassClassification.Trainers.LightGbm()).Fit(split.TrainSet);
var report = mlContext.MulticlassClassification.EvaluateOutages(model, split.TestSet, options, sensorNames: ["x", "y", "z"]);
Console.WriteLine(report);
if (windows.Length != 60 * 3 || report.Worst().Metrics.MicroAccuracy < 0.8)
    throw new InvalidOperationException("Three windows of each session, and no sensor that is indispensable.");

float Read(int session, int difference) => (session % 2 * difference) + (2 * random.NextSingle());

/// <summary>A row to train on.</summary>
internal sealed class Window
{
    public const int Steps = 16;

    public string Session { get; set; } = "";

    public string Activity { get; set; } = "";

    [VectorType(Steps, 3)]
    public float[] Features { get; set; } = [];
}
