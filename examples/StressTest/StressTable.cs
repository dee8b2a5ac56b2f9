using Examples;
using Spectre.Console;

namespace StressTest;

/// <summary>A report as a table, and a sentence on it.</summary>
internal static class StressTable
{
    public static Table Create(StressReport report)
    {
        Table table = ReportTable.Create("lost sensor").AddNumberColumns(report.MetricName, "difference");
        AddRow(table, report, "none", report.Clean);
        foreach (SensorLoss loss in report.Losses)
            AddRow(table, report, loss.Sensor, loss.Metric);
        table.AddEmptyRow();
        AddRow(table, report, "any one of them, mean", report.Mean);
        AddRow(table, report, "any one of them, worst", report.Worst);
        return table;
    }

    /// <summary>What the numbers say, in one sentence.</summary>
    public static string Conclude(StressReport report) =>
        !report.ChangesScores
            ? $"No loss changed any score: {report.ModelName} uses nothing of what was lost, or it read that value already."
        : report.Worst < report.Clean
            ? $"{report.ModelName} leans most on {report.Losses[0].Sensor}: without it, {report.MetricName} goes from"
                + $" {report.Format(report.Clean)} to {report.Format(report.Worst)}."
        : $"{report.ModelName} misses no single sensor.";

    // As Text, because Spectre.Console reads strings as markup, and a sensor may be called [acc].
    private static void AddRow(Table table, StressReport report, string lost, double metric) =>
        table.AddRow(new Text(lost), new Text(report.Format(metric)), new Text(report.FormatDifference(metric)));
}
