using System.Globalization;
using Microsoft.ML;
using SensorOutage;
using Spectre.Console;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>
/// Which trainers gain from which options, over several seeds: accuracy clean and at the worst single sensor lost.
/// </summary>
internal static class OptionsReport
{
    private static readonly SpatialDropoutOptions Stage = new()
    {
        OutputColumnName = nameof(Recording.Features),
        Rate = 0.3,
        Scaling = DropoutScaling.None,
    };

    // A lost sensor reads zero, or NaN where the stage has taught the trainer that.
    private static readonly (string Name, SpatialDropoutOptions? Stage, float Reading)[] Variants =
    [
        ("no stage", null, 0),
        ("1 copy, no original", Stage, 0),
        ("original + 1 copy", Stage with { KeepOriginal = true }, 0),
        ("original + 4 copies", Stage with { KeepOriginal = true, Copies = 4 }, 0),
        ("original + 12 copies", Stage with { KeepOriginal = true, Copies = 12 }, 0),
        ("original + 4, inverted", Stage with { KeepOriginal = true, Copies = 4, Scaling = DropoutScaling.Inverted }, 0),
        ("no stage, lost is NaN", null, float.NaN),
        ("original + 4, Missing", Stage with { KeepOriginal = true, Copies = 4, Fill = DropoutFill.Missing }, float.NaN),
    ];

    public static void Print(string? train, string? test, int seeds)
    {
        Table table = new Table { Border = TableBorder.Ascii }
            .AddColumns("trainer", "stage", "clean", "sd", "worst single lost", "sd");
        foreach (TrainerKind trainer in Enum.GetValues<TrainerKind>())
        {
            // ML.NET's linear trainers leave out rows with NaN: there is nothing to compare.
            foreach (var variant in Variants.Where(variant => trainer == TrainerKind.LightGbm || !float.IsNaN(variant.Reading)))
            {
                (double Clean, double Worst)[] runs = [.. Enumerable.Range(1, seeds).Select(seed => Measure(
                    train is null ? WearableGenerator.Generate(seed) : TsDataSet.Read(train, test!),
                    trainer, variant.Stage, variant.Reading, seed))];
                table.AddRow(
                    TrainerCatalog.NameOf(trainer), variant.Name,
                    Percent(runs.Average(run => run.Clean)), Percent(Deviation(runs, run => run.Clean)),
                    Percent(runs.Average(run => run.Worst)), Percent(Deviation(runs, run => run.Worst)));
            }
        }

        AnsiConsole.Write(table);
    }

    private static (double Clean, double Worst) Measure(
        DataSet data, TrainerKind trainer, SpatialDropoutOptions? stage, float reading, int seed)
    {
        var mlContext = new MLContext(seed);
        IEstimator<ITransformer> estimator = TrainerCatalog.Create(mlContext, trainer, seed);
        var features = mlContext.Transforms.Conversion.MapValueToKey(nameof(Recording.Label))
            .Append(mlContext.Transforms.NormalizeMinMax(nameof(Recording.Features)));
        var pipeline = stage is null
            ? features.Append(estimator)
            : features
                .Append(mlContext.Transforms.SpatialDropout(stage with { Channels = data.Train.Channels, Seed = seed }))
                .Append(estimator);
        ITransformer model = pipeline.Fit(data.Train.Load(mlContext));

        double Accuracy(params int[] lost) => mlContext.MulticlassClassification
            .Evaluate(model.Transform(data.Test.Without(lost, reading).Load(mlContext))).MicroAccuracy;
        return (Accuracy(), Enumerable.Range(0, data.Test.Channels).Min(channel => Accuracy(channel)));
    }

    private static double Deviation((double, double)[] runs, Func<(double Clean, double Worst), double> value)
    {
        double mean = runs.Average(value);
        return Math.Sqrt(runs.Average(run => Math.Pow(value(run) - mean, 2)));
    }

    private static string Percent(double fraction) => fraction.ToString("P1", CultureInfo.InvariantCulture);
}
