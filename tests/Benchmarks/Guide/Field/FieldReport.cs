using System.Globalization;
using Examples;
using Spectre.Console;
using static Examples.TrainerCatalog;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>What helps against lost sensors, and how they fail, over a folder of data sets: tables of docs/guide.md.</summary>
internal static class FieldReport
{
    // Markdown does not wrap.
    private const int Width = 240;

    private const int CleanColumn = 0;
    private const int WorstColumn = 1;

    private static readonly string[] LossHeaders = ["clean", "worst single loss", "mean single loss", "worst pair lost"];

    /// <returns>The exit code: 1 if the folder cannot be used.</returns>
    public static int Print(string folder, int seeds)
    {
        AnsiConsole.Profile.Width = Width;
        IReadOnlyList<FieldData> series;
        IReadOnlyList<FieldData> tables;
        try
        {
            series = FieldData.ReadSeries(folder);
            tables = [.. series.Select(set => set.ToTable()), .. FieldData.ReadTables(folder)];
        }
        catch (Exception unusable) when (
            unusable is TsFormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"--data is '{folder}': {unusable.Message}");
            return 1;
        }

        if (tables.Count == 0)
        {
            Console.Error.WriteLine($"--data is '{folder}', which has no pairs NAME_TRAIN.ts and NAME_TEST.ts, or .csv.");
            return 1;
        }

        Console.WriteLine($"{seeds} seeds; after ± the standard deviation over seeds");
        if (series.Count > 0)
        {
            PrintLosses(series, seeds, isTables: false);
            PrintFailures(series, seeds);
        }

        PrintLosses(tables, seeds, isTables: true);
        PrintRates(tables, seeds);
        PrintFeatureFraction([.. series, .. tables], seeds);
        return 0;
    }

    private static void PrintLosses(IReadOnlyList<FieldData> data, int seeds, bool isTables)
    {
        Console.WriteLine();
        foreach (FieldData set in data)
            Console.WriteLine(set.Summary);
        Console.WriteLine();

        IReadOnlyList<FieldTrainer> trainers = FieldTrainers.For(isTables);
        var table = new FieldTable(data, seeds, LossHeaders, trainers.SelectMany(trainer =>
            FieldVariants.All.Select(variant => FieldRow.OfLosses(trainer, variant)).Append(FieldRow.OfOwnModels(trainer))));
        table.Print();
        PrintBars(table, NameOf(TrainerKind.LightGbm), FieldVariants.Stage);
        foreach (string linear in (ReadOnlySpan<string>)[NameOf(TrainerKind.Sdca), NameOf(TrainerKind.Lbfgs)])
        {
            PrintBars(table, linear, FieldVariants.StageAndFlags);
            PrintBars(table, linear, FieldVariants.OneLossAndFlags);
        }

        Console.WriteLine();
    }

    private static void PrintBars(FieldTable table, string trainer, FieldVariant variant)
    {
        PrintBar("clean", 0.5, CleanColumn, FieldVariants.NoStage.Name);
        PrintBar("worst single loss", 2, WorstColumn, FieldRow.OwnModels);

        void PrintBar(string figure, double points, int column, string reference)
        {
            double actual = 100 * table.Mean(trainer, variant.Name, column);
            double bar = (100 * table.Mean(trainer, reference, column)) - points;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(actual >= bar ? "holds " : "MISSED")} {trainer}, {variant.Name}: {figure} {actual:F1} %, at least {bar:F1} %"
                + $" ({reference} - {points})"));
        }
    }

    private static void PrintFailures(IReadOnlyList<FieldData> data, int seeds)
    {
        string[] headers = ["clean", .. SensorFailure.All.Select(failure => failure.Name), "mean of the five"];
        new FieldTable(data, seeds, headers, FieldVariants.Fills.Select(variant =>
            FieldRow.OfFailures(Trainer(TrainerKind.LightGbm), variant))).Print();
        new FieldTable(data, seeds, headers, FieldVariants.LinearFills.Select(variant =>
            FieldRow.OfFailures(Trainer(TrainerKind.Lbfgs), variant))).Print();

        static FieldTrainer Trainer(TrainerKind kind) =>
            FieldTrainers.For(tables: false).Single(trainer => trainer.Name == NameOf(kind));
    }

    private static void PrintRates(IReadOnlyList<FieldData> data, int seeds) =>
        new FieldTable(data, seeds, LossHeaders, FieldTrainers.For(tables: true).SelectMany(trainer =>
            FieldVariants.Rates(withFlags: trainer.Name == NameOf(TrainerKind.Sdca) || trainer.Name == NameOf(TrainerKind.Lbfgs))
                .Select(variant => FieldRow.OfLosses(trainer, variant)))).Print();

    private static void PrintFeatureFraction(IReadOnlyList<FieldData> data, int seeds) =>
        new FieldTable(data, seeds, LossHeaders, new[] { 1, 0.3 }.SelectMany(fraction =>
            new[] { FieldVariants.NoStage, FieldVariants.Stage }.Select(variant =>
                FieldRow.OfLosses(FieldTrainers.PlainLightGbm(fraction), variant)))).Print();
}
