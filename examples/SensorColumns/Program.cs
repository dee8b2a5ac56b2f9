using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;
using MLNet.SpatialDropout;

// Hand-made features of three sensors: 9 of the acceleration, 6 of the rotation, and the temperature itself.
string[] sensors = ["Acceleration", "Rotation", "Temperature"];

var mlContext = new MLContext(seed: 1);
IDataView data = mlContext.Data.LoadFromTextFile(
    Path.Combine(AppContext.BaseDirectory, "wearables.csv"),
    [
        new TextLoader.Column("Person", DataKind.Int32, 0),
        new TextLoader.Column("Activity", DataKind.String, 1),
        new TextLoader.Column("Acceleration", DataKind.Single, 2, 10),
        new TextLoader.Column("Rotation", DataKind.Single, 11, 16),
        new TextLoader.Column("Temperature", DataKind.Single, 17),
    ],
    separatorChar: ',',
    hasHeader: true);

// By person, so that the model is tested on people whom it has never seen.
var split = mlContext.Data.TrainTestSplit(data, testFraction: 0.5, samplingKeyColumnName: "Person");

var label = mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity");
var trainer = mlContext.Transforms.Concatenate("Features", sensors)
    .Append(mlContext.MulticlassClassification.Trainers.LightGbm(
        new LightGbmMulticlassTrainer.Options { Seed = 1, Deterministic = true, NumberOfThreads = 1 }));

// Before the columns are joined, so that it can drop whole ones.
var stage = mlContext.Transforms.SpatialDropout(sensors, seed: 1);

Print("accuracy", ["clean", .. sensors.Select(sensor => $"no {sensor}")]);
Measure("without stage", label.Append(trainer));
Measure("with stage", label.Append(stage).Append(trainer));

// A dead sensor's column reads zero.
void Measure(string name, IEstimator<ITransformer> pipeline)
{
    var report = mlContext.MulticlassClassification.EvaluateOutages(
        pipeline.Fit(split.TrainSet), split.TestSet, new SpatialDropoutOptions { Columns = sensors });
    Print(name, [Accuracy(report.Clean), .. report.SingleLosses.Select(Accuracy)]);
}

static string Accuracy(Outage<MulticlassClassificationMetrics> outage) =>
    FormattableString.Invariant($"{outage.Metrics.MicroAccuracy:0.0 %}");

static void Print(string name, string[] cells) =>
    Console.WriteLine($"{name,-13}{string.Concat(cells.Select(cell => $"{cell,18}"))}");
