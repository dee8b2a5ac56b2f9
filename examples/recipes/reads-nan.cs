// A lost sensor reads NaN: train with Missing, before a trainer that takes NaN (LightGBM).
// dotnet run examples/recipes/reads-nan.cs

#:project ../../src/MLNet.SpatialDropout.csproj
#:package Microsoft.ML.LightGbm
#:property PublishAot=false

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

var mlContext = new MLContext(seed: 1);
IDataView train = mlContext.Data.LoadFromEnumerable(Recording.Simulate(seed: 1));
IDataView test = mlContext.Data.LoadFromEnumerable(Recording.Simulate(seed: 2));

double zero = WorstLoss(Train(DropoutFill.Zero), DropoutFill.Missing);
double missing = WorstLoss(Train(DropoutFill.Missing), DropoutFill.Missing);
Console.WriteLine($"The worst sensor reads NaN: accuracy {zero:P1} trained with zero, {missing:P1} trained with NaN.");

ITransformer Train(DropoutFill fill)
{
    var label = mlContext.Transforms.Conversion.MapValueToKey("Label");
    var trainer = mlContext.MulticlassClassification.Trainers.LightGbm();
    return label.Append(mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
    {
        OutputColumnName = "Features", Fill = fill, Copies = 4, KeepOriginal = true, Seed = 1,
    })).Append(trainer).Fit(train);
}

double WorstLoss(ITransformer model, DropoutFill reading) => mlContext.MulticlassClassification.EvaluateOutages(
    model, test, new SpatialDropoutOptions { OutputColumnName = "Features", Fill = reading, Seed = 1 })
    .Worst().Metrics.MicroAccuracy;

if (missing <= zero)
    throw new InvalidOperationException("The stage should show the trainer what the sensor reads.");

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
