// It is not known how a sensor fails: each loss takes one of several fills. dotnet run examples/recipes/fails-in-any-way.cs

#:project ../../src/MLNet.SpatialDropout.csproj
#:package Microsoft.ML.LightGbm
#:property PublishAot=false

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

var mlContext = new MLContext(seed: 1);
IDataView train = mlContext.Data.LoadFromEnumerable(Recording.Simulate(seed: 1));
IDataView test = mlContext.Data.LoadFromEnumerable(Recording.Simulate(seed: 2));

DropoutFill[] failures = [DropoutFill.Zero, DropoutFill.Missing, DropoutFill.LastValue, DropoutFill.Constant(-999)];
double[] one = Losses(Train(DropoutFill.Zero));
double[] any = Losses(Train(DropoutFill.OneOf(failures)));
for (int i = 0; i < failures.Length; i++)
    Console.WriteLine($"{failures[i],-10} accuracy {one[i]:P1} trained with zero, {any[i]:P1} trained with all four.");

double[] Losses(ITransformer model) => [.. failures.Select(failure => WorstLoss(model, failure))];

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

if (any.Min() <= one.Min())
    throw new InvalidOperationException("The mixture should be the better all-rounder.");

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
