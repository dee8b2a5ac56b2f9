// A dead sensor reads zero: the default fill.
// dotnet run examples/recipes/reads-zero.cs

#:project ../../src/MLNet.SpatialDropout.csproj
#:package Microsoft.ML.LightGbm
#:property PublishAot=false

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

var mlContext = new MLContext(seed: 1);
IDataView train = mlContext.Data.LoadFromEnumerable(Recording.Simulate(seed: 1));
IDataView test = mlContext.Data.LoadFromEnumerable(Recording.Simulate(seed: 2));

double without = WorstLoss(Train(fill: null), DropoutFill.Zero);
double with = WorstLoss(Train(DropoutFill.Zero), DropoutFill.Zero);
Console.WriteLine($"The worst sensor reads zero: accuracy {without:P1} without the stage, {with:P1} with it.");

ITransformer Train(DropoutFill? fill)
{
    var label = mlContext.Transforms.Conversion.MapValueToKey("Label");
    var trainer = mlContext.MulticlassClassification.Trainers.LightGbm();
    return fill is null
        ? label.Append(trainer).Fit(train)
        : label.Append(mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = "Features", Fill = fill, Copies = 4, KeepOriginal = true, Seed = 1,
        })).Append(trainer).Fit(train);
}

double WorstLoss(ITransformer model, DropoutFill reading) => mlContext.MulticlassClassification.EvaluateOutages(
    model, test, new SpatialDropoutOptions { OutputColumnName = "Features", Fill = reading, Seed = 1 })
    .Worst().Metrics.MicroAccuracy;

if (with < without + 0.1)
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
