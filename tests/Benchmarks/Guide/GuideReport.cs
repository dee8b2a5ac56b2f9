using System.Globalization;
using SensorOutage;
using Spectre.Console;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The tables of docs/guide.md: what rate, copies, scaling, coins and fill do to accuracy, over several seeds.</summary>
internal sealed class GuideReport(string? train, string? test, int seeds)
{
    // Markdown does not wrap.
    private const int Width = 200;

    public void Print()
    {
        AnsiConsole.Profile.Width = Width;
        foreach (GuideTable table in GuideTables.All)
            PrintTable(table);
        PrintFills();
    }

    // A row without a number has no class: linear models give none for NaN.
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
                GuideAccuracy[] runs = [.. Experiments(trainer).Select(experiment =>
                    experiment.Test(experiment.Train(variant.Stage), FieldReading.Zero))];
                cells.Add(
                    $"{Percent(runs.Select(run => run.Clean))} / {Percent(runs.Select(run => run.WorstSingle))}"
                    + $" / {Percent(runs.Select(run => run.WorstPair))}");
                deviations.Add(Deviation([.. runs.Select(run => run.Clean)]));
                deviations.Add(Deviation([.. runs.Select(run => run.WorstSingle)]));
                deviations.Add(Deviation([.. runs.Select(run => run.WorstPair)]));
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
        var columns = Enum.GetValues<TrainerKind>()
            .SelectMany(trainer => Enum.GetValues<FieldReading>().Select(reading => (Trainer: trainer, Reading: reading)))
            .Where(column => CanRead(column.Trainer, column.Reading))
            .ToList();
        var table = new Table { Border = TableBorder.Markdown };
        table.AddColumns(
        [
            GuideTables.Fills.Name,
            .. columns.Select(column => $"{TrainerCatalog.NameOf(column.Trainer)}, {column.Reading}"),
        ]);
        foreach (GuideVariant variant in GuideTables.Fills.Variants)
        {
            bool fillsMissing = variant.Stage?.Fill == DropoutFill.Missing;
            table.AddRow(
            [
                variant.Name,
                .. columns.Select(column => fillsMissing && !CanRead(column.Trainer, FieldReading.Missing)
                    ? "-"
                    : Percent(Experiments(column.Trainer).Select(experiment =>
                        experiment.Test(experiment.Train(variant.Stage), column.Reading).WorstSingle))),
            ]);
        }

        AnsiConsole.Write(table);
    }

    private IEnumerable<GuideExperiment> Experiments(TrainerKind trainer) =>
        Enumerable.Range(1, seeds).Select(seed => new GuideExperiment(
            train is null ? WearableGenerator.Generate(seed) : TsDataSet.Read(train, test!), trainer, seed));
}
