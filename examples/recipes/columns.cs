// My sensors are columns: hand-made features of three sensors in a CSV file. Each column drops as a whole.
// dotnet run examples/recipes/columns.cs

#:project ../../src/MLNet.SpatialDropout.csproj
#:package Microsoft.ML.LightGbm
#:property PublishAot=false

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

string[] sensors = ["Acceleration", "Rotation", "Temperature"];    // two vectors and a scalar
string folder = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;    // of this file
var mlContext = new MLContext(seed: 1);
IDataView data = mlContext.Data.LoadFromTextFile(
    Path.Combine(folder, "..", "SensorColumns", "wearables.csv"),
    [
        new TextLoader.Column("Person", DataKind.Int32, 0),
        new TextLoader.Column("Activity", DataKind.String, 1),
        new TextLoader.Column("Acceleration", DataKind.Single, 2, 10),
        new TextLoader.Column("Rotation", DataKind.Single, 11, 16),
        new TextLoader.Column("Temperature", DataKind.Single, 17),
    ],
    separatorChar: ',', hasHeader: true);
var split = mlContext.Data.TrainTestSplit(data, 0.5, samplingKeyColumnName: "Person");

// Before the columns are joined.
var model = mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity")
    .Append(mlContext.Transforms.SpatialDropout(sensors))
    .Append(mlContext.Transforms.Concatenate("Features", sensors))
    .Append(mlContext.MulticlassClassification.Trainers.LightGbm())
    .Fit(split.TrainSet);

// The model joins the columns itself, so they are lost, not the joined one.
var report = mlContext.MulticlassClassification.EvaluateOutages(
    model, split.TestSet, new SpatialDropoutOptions { Columns = sensors });
Console.WriteLine(report);
if (report.Worst().Metrics.MicroAccuracy < 0.9)
    throw new InvalidOperationException("No sensor should be indispensable.");
