using System.Globalization;
using Spectre.Console;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The table of ratios, each with its bar.</summary>
internal static class RatiosReport
{
    private const int Width = 160;

    /// <summary>Measures and prints every line, or those that contain a text.</summary>
    /// <returns>0 if every bar holds, 1 if one does not, 2 if something could not be measured.</returns>
    public static int Print(string? only)
    {
        if (!AnsiConsole.Profile.Out.IsTerminal)
            AnsiConsole.Profile.Width = Width;
        AnsiConsole.WriteLine(Machine.Describe());

        Table table = new Table().Border(TableBorder.Ascii).AddColumns("what", "against");
        foreach (string header in (string[])["ratio", "quartiles", "ns per row", "against", "bar"])
            table.AddColumn(header, column => column.RightAligned().NoWrap());
        table.AddColumn("holds");

        bool allHold = true;
        bool isComplete = true;
        foreach (Comparison comparison in Comparisons.All)
        {
            if (only is null || comparison.What.Contains(only, StringComparison.Ordinal))
                allHold &= Add(table, comparison, Measurement.Of(comparison));
        }

        if (only is null)
            allHold &= AddAllocations(table);
        Comparison[] torchLines = [.. TorchComparisons.Of(only)];
        if (torchLines.Length > 0)
        {
            TorchResult torch = TorchProcess.Run(only);
            isComplete = torch.Failure is null;
            allHold &= AddTorch(table, torchLines, torch);
        }

        AnsiConsole.Write(table);
        return !isComplete ? 2 : allHold ? 0 : 1;
    }

    private static bool AddAllocations(Table table)
    {
        double bytes = ViewComparisons.AllocatedPerRow();
        bool holds = bytes == 0;
        table.AddRow("bytes allocated per row in a pass with the stage", "0", Format(bytes), "", "", "", "= 0", YesNo(holds));
        return holds;
    }

    private static bool AddTorch(Table table, Comparison[] lines, TorchResult result)
    {
        if (result.Failure is null)
            return lines.Zip(result.Measurements)
                .Aggregate(true, (allHold, line) => Add(table, line.First, line.Second) && allHold);

        foreach (Comparison comparison in lines)
            table.AddRow(
                comparison.What.EscapeMarkup(), comparison.Against, "not measured", "", "", "", $"{comparison.Bar}", "no");
        AnsiConsole.WriteLine(result.Failure);
        return false;
    }

    private static bool Add(Table table, Comparison comparison, Measurement measurement)
    {
        (Spread ratio, double measured, double against) = measurement;
        bool? holds = comparison.Bar?.Holds(ratio.Median);
        table.AddRow(
            comparison.What.EscapeMarkup(), comparison.Against.EscapeMarkup(), Format(ratio.Median),
            $"{Format(ratio.LowerQuartile)} - {Format(ratio.UpperQuartile)}", Nanoseconds(measured), Nanoseconds(against),
            $"{comparison.Bar}", holds is null ? "" : YesNo(holds.Value));
        return holds ?? true;
    }

    private static string Format(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Nanoseconds(double nanoseconds) => nanoseconds.ToString("#,##0", CultureInfo.InvariantCulture);

    private static string YesNo(bool holds) => holds ? "yes" : "NO";
}
