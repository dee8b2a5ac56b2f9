using System.Globalization;
using Examples;
using Microsoft.ML;
using Spectre.Console;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The tables of docs/guide.md: accuracy by rate, copies, scaling, what drops and fill, over several seeds.</summary>
internal sealed class GuideReport((string Train, string Test)? files, int seeds)
{
    // Markdown does not wrap.
    private const int Width = 200;

    // One for each seed from 1 up; files are the same for all seeds.
    private readonly DataSet[] _data =
        [.. Enumerable.Range(1, seeds).Select(seed => DataSet.ReadOrGenerate(files, seed))];

    public void Print()
    {
        AnsiConsole.Profile.Width = Width;
        foreach (GuideTable table in GuideTables.All)
            PrintTable(table);
        PrintFills();
    }

    // Linear models give no score for NaN, and so no class.
    private static bool CanRead(TrainerKind trainer, FieldReading reading) =>
        trainer == TrainerKind.LightGbm || reading != FieldReading.Missing;

    private static string Percent(IEnumerable<double> fractions) =>
        (100 * fractions.Average()).ToString("F1", CultureInfo.InvariantCulture);

    private static double Deviation(IReadOnlyCollection<double> fractions)
    {
        double mean = fractions.Average();
        return Math.Sqrt(fractions.Average(fraction => Math.Pow(fraction - mean, 2)));
    }

    private void PrintTable(GuideTable variants)
    {
        var table = new Table { Border = TableBorder.Markdown };
        table.AddColumns([variants.Name, .. Enum.GetValues<TrainerKind>().Select(TrainerCatalog.NameOf)]);
        var deviations = new List<double>();
        foreach (GuideVariant variant in variants.Variants)
        {
            var cells = new List<string> { variant.Name };
            foreach (TrainerKind trainer in Enum.GetValues<TrainerKind>())
            {
                OutageProfile[] runs = [.. Experiments(trainer).Select(experiment =>
                    experiment.Test(experiment.Train(variant.Stage), FieldReading.Zero))];
                double[][] worst = [.. new[] { 0, 1, 2 }.Select(lost => runs.Select(run => run.Worst(lost)).ToArray())];
                cells.Add(string.Join(" / ", worst.Select(Percent)));
                deviations.AddRange(worst.Select(Deviation));
            }

            table.AddRow([.. cells]);
        }

        AnsiConsole.Write(table);
        deviations.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"standard deviation over seeds: {100 * deviations[deviations.Count / 2]:F1} points in the median,"
            + $" {100 * deviations[^1]:F1} at most"));
    }

    private void PrintFills()
    {
        var columns = Enum.GetValues<TrainerKind>().ToDictionary(
            trainer => trainer, trainer => Enum.GetValues<FieldReading>().Where(reading => CanRead(trainer, reading)).ToArray());
        var table = new Table { Border = TableBorder.Markdown };
        table.AddColumns(
        [
            GuideTables.Fills.Name,
            .. columns.SelectMany(column =>
                column.Value.Select(reading => $"{TrainerCatalog.NameOf(column.Key)}, {reading}")),
        ]);
        foreach (GuideVariant variant in GuideTables.Fills.Variants)
            table.AddRow([variant.Name, .. columns.SelectMany(column => WorstSingles(variant, column.Key, column.Value))]);

        AnsiConsole.Write(table);
    }

    private IEnumerable<string> WorstSingles(GuideVariant variant, TrainerKind trainer, FieldReading[] readings)
    {
        if (variant.Stage?.Fill == DropoutFill.Missing && !CanRead(trainer, FieldReading.Missing))
            return readings.Select(_ => "-");

        double[][] runs = [.. Experiments(trainer).Select(experiment =>
        {
            ITransformer model = experiment.Train(variant.Stage);
            return readings.Select(reading => experiment.Test(model, reading).Worst(1)).ToArray();
        })];
        return readings.Select((_, index) => Percent(runs.Select(run => run[index])));
    }

    private IEnumerable<GuideExperiment> Experiments(TrainerKind trainer) =>
        _data.Select((data, index) => new GuideExperiment(data, trainer, index + 1));
}
