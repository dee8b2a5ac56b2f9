// Anomaly detection: what a machine draws is predicted from its sensors, and an alarm goes off where it draws another current.
// A lost sensor must not set it off. dotnet run examples/recipes/anomaly-detection.cs

#:project ../../src/MLNet.SpatialDropout.csproj
#:package Microsoft.ML.LightGbm
#:property PublishAot=false

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

string[] sensors = ["Vibration", "Temperature", "Noise"];
var mlContext = new MLContext(seed: 1);
IDataView normal = mlContext.Data.LoadFromEnumerable(Machine.Simulate(seed: 1, fault: 0));
IDataView test = mlContext.Data.LoadFromEnumerable(Machine.Simulate(seed: 2, fault: 0));
IDataView faulty = mlContext.Data.LoadFromEnumerable(Machine.Simulate(seed: 3, fault: 4));

// One sensor is lost in each row.
IDataView lost = mlContext.Data.SpatialDropout(test, new SpatialDropoutOptions { Columns = sensors, DroppedChannels = (1, 1), Seed = 1 });

var predictor = mlContext.Transforms.Concatenate("Features", sensors).Append(mlContext.Regression.Trainers.LightGbm());
double[] without = Measure("Without the stage", predictor.Fit(normal));
double[] with = Measure("With it", mlContext.Transforms.SpatialDropout(sensors).Append(predictor).Fit(normal));
if (with[1] > 0.05 || without[1] < 0.1 || with[2] < 0.9)
    throw new InvalidOperationException("A lost sensor should be no alarm, and a fault one.");

double[] Measure(string name, ITransformer model)
{
    double[] alarms = [.. ((IDataView[])[test, lost, faulty]).Select(rows => Alarms(model.Transform(rows)))];
    Console.WriteLine($"{name}: alarms {alarms[0]:P0}, with a sensor lost {alarms[1]:P0}, at faults {alarms[2]:P0}");
    return alarms;
}

static double Alarms(IDataView scored) => scored.GetColumn<float>("Score")
    .Zip(scored.GetColumn<float>("Label"), (expected, actual) => Math.Abs(actual - expected) > 2 ? 1.0 : 0.0).Average();

/// <summary>What a machine draws, and three sensors that show how hard it works.</summary>
internal sealed class Machine
{
    [ColumnName("Label")]
    public float Current { get; set; }

    public float Vibration { get; set; }

    public float Temperature { get; set; }

    public float Noise { get; set; }

    public static Machine[] Simulate(int seed, float fault)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 500).Select(i => 10 * random.NextSingle()).Select(work => new Machine
        {
            Current = 5 + work + fault,
            Vibration = 1 + work + random.NextSingle(),
            Temperature = 20 + (2 * work) + (2 * random.NextSingle()),
            Noise = 40 + work + random.NextSingle(),
        })];
    }
}
