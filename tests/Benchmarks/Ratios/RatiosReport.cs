using System.Globalization;
using Spectre.Console;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The table of ratios, each with its bar.</summary>
internal static class RatiosReport
{
    private const int Width = 160;

    /// <summary>Measures and prints every line, or those that contain a text.</summary>
    /// <returns>Whether every bar holds.</returns>
    public static bool Print(string? only)
    {
        if (!AnsiConsole.Profile.Out.IsTerminal)
            AnsiConsole.Profile.Width = Width;
        AnsiConsole.WriteLine(Machine.Describe());

        Table table = new Table().Border(TableBorder.Ascii).AddColumns("what", "against");
        foreach (string header in (string[])["ratio", "quartiles", "ns per row", "against", "bar"])
            table.AddColumn(header, column => column.RightAligned().NoWrap());
        table.AddColumn("holds");

        bool allHold = true;
        foreach (Comparison comparison in Comparisons.All)
        {
            if (only is null || comparison.What.Contains(only, StringComparison.Ordinal))
                allHold &= Add(table, comparison);
        }

        if (only is null)
        {
            allHold &= AddAllocations(table);
            allHold &= AddTorch(table);
        }

        AnsiConsole.Write(table);
        return allHold;
    }

    private static bool Add(Table table, Comparison comparison)
    {
        Sides sides = comparison.Prepare();
        GC.Collect();
        (Spread ratio, double measured, double against) = comparison.Bar is { IsSpeedUp: true }
            ? Swap(InterleavedTimer.Measure(sides.Against, sides.Measured))
            : InterleavedTimer.Measure(sides.Measured, sides.Against);
        return AddRow(
            table, comparison.What, comparison.Against, comparison.Bar, ratio, measured / sides.Rows, against / sides.Rows);
    }

    private static (Spread Ratio, double Measured, double Against) Swap((Spread Ratio, double Against, double Measured) result) =>
        (result.Ratio, result.Measured, result.Against);

    private static bool AddAllocations(Table table)
    {
        double bytes = ViewComparisons.AllocatedPerRow();
        bool holds = bytes == 0;
        table.AddRow("bytes allocated per row in a pass with the stage", "0", Format(bytes), "", "", "", "= 0", YesNo(holds));
        return holds;
    }

    private static bool AddTorch(Table table)
    {
        const string What = "Apply, [N, 6, 128], one thread";
        const string Against = "torch.nn.functional.dropout1d, one thread";
        Bar bar = Bar.TimesFaster(20);
        TorchResult result = TorchProcess.Run();
        if (result.Failure is null)
            return AddRow(table, What, Against, bar, result.Ratio, result.MeasuredNanoseconds, result.AgainstNanoseconds);

        table.AddRow(What, Against, "not measured", "", "", "", bar.ToString(), "no");
        AnsiConsole.WriteLine(result.Failure);
        return false;
    }

    private static bool AddRow(
        Table table, string what, string against, Bar? bar, Spread ratio, double measuredNanoseconds, double againstNanoseconds)
    {
        bool? holds = bar?.Holds(ratio.Median);
        table.AddRow(
            what.EscapeMarkup(), against.EscapeMarkup(), Format(ratio.Median),
            $"{Format(ratio.LowerQuartile)} - {Format(ratio.UpperQuartile)}", Nanoseconds(measuredNanoseconds),
            Nanoseconds(againstNanoseconds), $"{bar}", holds is null ? "" : YesNo(holds.Value));
        return holds ?? true;
    }

    private static string Format(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Nanoseconds(double nanoseconds) => nanoseconds.ToString("#,##0", CultureInfo.InvariantCulture);

    private static string YesNo(bool holds) => holds ? "yes" : "NO";
}
