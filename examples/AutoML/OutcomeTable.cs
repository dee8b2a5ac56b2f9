using System.Globalization;
using Examples;
using Spectre.Console;

namespace AutoML;

/// <summary>Two outcomes and the gain as a table.</summary>
public static class OutcomeTable
{
    public static Table Create(ExperimentOutcome without, ExperimentOutcome with)
    {
        Table table = ReportTable.Create("stage", "best")
            .AddNumberColumns("validation\nlog-loss", "clean", "1 lost\nmean", "1 lost\nworst");
        AddRow(table, "without", without, ReportTable.Percent);
        AddRow(table, "with", with, ReportTable.Percent);
        AddRow(table, "gain", Difference(with, without), Points);
        return table;
    }

    private static ExperimentOutcome Difference(ExperimentOutcome with, ExperimentOutcome without) => new(
        "",
        with.Validation - without.Validation,
        new OutageAccuracy(
            with.Test.Clean - without.Test.Clean,
            with.Test.MeanLost - without.Test.MeanLost,
            with.Test.WorstLost - without.Test.WorstLost));

    private static void AddRow(Table table, string stage, ExperimentOutcome outcome, Func<double, string> format) => table.AddRow(
        stage,
        outcome.Description,
        outcome.Validation.ToString("0.000", CultureInfo.InvariantCulture),
        format(outcome.Test.Clean),
        format(outcome.Test.MeanLost),
        format(outcome.Test.WorstLost));

    private static string Points(double share) => (100 * share).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);
}
