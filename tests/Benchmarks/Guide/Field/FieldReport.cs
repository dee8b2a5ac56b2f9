using System.Globalization;
using Examples;
using Spectre.Console;

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
        IReadOnlyList<FieldData> data;
        try
        {
            data = FieldData.ReadFolder(folder);
        }
        catch (Exception unusable) when (unusable is TsFormatException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"--data is '{folder}': {unusable.Message}");
            return 1;
        }

        if (data.Count == 0)
        {
            Console.Error.WriteLine($"--data is '{folder}', which has no files NAME_TRAIN.ts and NAME_TEST.ts.");
            return 1;
        }

        foreach (FieldData set in data)
            Console.WriteLine(set.Summary);
        Console.WriteLine($"{seeds} seeds; after ± the standard deviation over seeds");
        Console.WriteLine();
        PrintLosses(data, seeds);
        PrintFailures(data, seeds);
        PrintFeatureFraction(data, seeds);
        return 0;
    }

    private static void PrintLosses(IReadOnlyList<FieldData> data, int seeds)
    {
        var table = new FieldTable(data, seeds, LossHeaders, FieldTrainers.All.SelectMany(trainer =>
            FieldVariants.All.Select(variant => FieldRow.OfLosses(trainer, variant)).Append(FieldRow.OfOwnModels(trainer))));
        table.Print();
        PrintBars(table, FieldTrainers.LightGbm, FieldVariants.Stage);
        foreach (FieldTrainer linear in (ReadOnlySpan<FieldTrainer>)[FieldTrainers.Sdca, FieldTrainers.Lbfgs])
        {
            PrintBars(table, linear, FieldVariants.StageAndFlags);
            PrintBars(table, linear, FieldVariants.OneLossAndFlags);
        }

        Console.WriteLine();
    }

    private static void PrintBars(FieldTable table, FieldTrainer trainer, FieldVariant variant)
    {
        PrintBar("clean", 0.5, CleanColumn, FieldVariants.NoStage.Name);
        PrintBar("worst single loss", 2, WorstColumn, FieldRow.OwnModels);

        void PrintBar(string figure, double points, int column, string reference)
        {
            double actual = 100 * table.Mean(trainer, variant.Name, column);
            double bar = (100 * table.Mean(trainer, reference, column)) - points;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(actual >= bar ? "holds " : "MISSED")} {trainer.Name}, {variant.Name}: {figure} {actual:F1} %, at least {bar:F1} %"
                + $" ({reference} - {points})"));
        }
    }

    private static void PrintFailures(IReadOnlyList<FieldData> data, int seeds)
    {
        string[] headers = ["clean", .. SensorFailure.All.Select(failure => failure.Name), "mean of the five"];
        new FieldTable(data, seeds, headers, FieldVariants.Fills.Select(variant =>
            FieldRow.OfFailures(FieldTrainers.LightGbm, variant))).Print();
        new FieldTable(data, seeds, headers, FieldVariants.LinearFills.Select(variant =>
            FieldRow.OfFailures(FieldTrainers.Lbfgs, variant))).Print();
    }

    private static void PrintFeatureFraction(IReadOnlyList<FieldData> data, int seeds) =>
        new FieldTable(data, seeds, LossHeaders, new[] { 1, 0.3 }.SelectMany(fraction =>
            new[] { FieldVariants.NoStage, FieldVariants.Stage }.Select(variant =>
                FieldRow.OfLosses(FieldTrainers.PlainLightGbm(fraction), variant)))).Print();
}
