using Examples;
using Spectre.Console;
using static Examples.ReportTable;

namespace SensorOutage;

/// <summary>The results as a table, and a sentence on each.</summary>
internal static class OutageTable
{
    private const string NotMeasured = "-";

    public static Table Create(IReadOnlyList<OutageResult> results, IReadOnlyList<Sensor> sensors)
    {
        Table table = ReportTable.Create("trainer", "spatial\ndropout")
            .AddNumberColumns("clean", "1 lost\nmean", "1 lost\nworst", "2 lost\nmean", "2 lost\nworst")
            .AddColumn("hurts most\nwhen lost");
        foreach (OutageResult result in results)
        {
            string trainer = TrainerCatalog.NameOf(result.Trainer);
            AddRow(table, trainer, "without", result.Without, sensors);
            AddRow(table, trainer, "with", result.With, sensors);
            if (result.WithFlags is not null)
                AddRow(table, trainer, "and flags", result.WithFlags, sensors);
        }

        return table;
    }

    /// <summary>A row for each sensor: what it costs to lose it alone.</summary>
    public static Table CreateSingleLosses(IReadOnlyList<OutageResult> results, IReadOnlyList<Sensor> sensors)
    {
        Table table = ReportTable.Create("trainer", "lost chip")
            .AddNumberColumns("without\nspatial dropout", "with\nspatial dropout");
        foreach (OutageResult result in results)
        {
            string trainer = TrainerCatalog.NameOf(result.Trainer);
            foreach ((OutageMeasurement without, OutageMeasurement with, Sensor lost)
                in result.Without.SingleLosses.Zip(result.With.SingleLosses, sensors))
                table.AddRow(
                    new Text(trainer),
                    new Text(lost.Name),
                    new Text(Percent(without.Accuracy)),
                    new Text(Percent(with.Accuracy)));
        }

        return table;
    }

    /// <summary>What the numbers of a trainer say, in one sentence.</summary>
    public static string Conclude(OutageResult result, IReadOnlyList<Sensor> sensors)
    {
        OutageMeasurement harm = result.Without.MostHarmful;
        return $"{TrainerCatalog.NameOf(result.Trainer)}: without {sensors[harm.LostSensors[0]].Name}, accuracy goes from"
            + $" {Percent(result.Without.Clean)} to {Percent(harm.Accuracy)}; with spatial dropout,"
            + $" the worst single loss takes it from {Percent(result.With.Clean)} to {Percent(result.With.Worst(1))}.";
    }

    private static void AddRow(
        Table table, string trainer, string dropout, OutageProfile profile, IReadOnlyList<Sensor> sensors)
    {
        bool hasPairs = profile.LostCounts.Contains(2);
        table.AddRow(
            new Text(trainer),
            new Text(dropout),
            new Text(Percent(profile.Clean)),
            new Text(Percent(profile.Mean(1))),
            new Text(Percent(profile.Worst(1))),
            new Text(hasPairs ? Percent(profile.Mean(2)) : NotMeasured),
            new Text(hasPairs ? Percent(profile.Worst(2)) : NotMeasured),
            new Text(sensors[profile.MostHarmful.LostSensors[0]].Name));
    }
}
