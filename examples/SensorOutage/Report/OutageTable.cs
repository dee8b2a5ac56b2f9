using System.Globalization;
using Examples;
using Spectre.Console;

namespace SensorOutage;

/// <summary>The results as a table of plain text, at most 100 columns wide.</summary>
public static class ReportTable
{
    public const int MaximumWidth = 100;

    private const string NotMeasured = "-";

    public static Table Create(IReadOnlyList<OutageResult> results, IReadOnlyList<string> channelNames)
    {
        Table table = new Table().Border(TableBorder.Ascii)
            .AddColumn("trainer")
            .AddColumn("spatial\ndropout");
        foreach (string header in (string[])["clean", "1 lost\nmean", "1 lost\nworst", "2 lost\nmean", "2 lost\nworst"])
            table.AddColumn(header, column => column.RightAligned());
        table.AddColumn("hurts most\nwhen lost");

        foreach (OutageResult result in results)
        {
            string trainer = TrainerCatalog.NameOf(result.Trainer);
            AddRow(table, trainer, "without", result.Without, channelNames);
            AddRow(table, trainer, "with", result.With, channelNames);
        }

        return table;
    }

    /// <summary>What the numbers say, one sentence for each trainer.</summary>
    public static string Conclude(OutageResult result, IReadOnlyList<string> channelNames)
    {
        OutageMeasurement harm = result.Without.MostHarmful;
        return $"{TrainerCatalog.NameOf(result.Trainer)}: without {channelNames[harm.LostChannels[0]]}, accuracy goes from"
            + $" {Percent(result.Without.Clean)} to {Percent(harm.Accuracy)}; with spatial dropout,"
            + $" the worst single loss takes it from {Percent(result.With.Clean)} to {Percent(result.With.Worst(1))}.";
    }

    private static void AddRow(
        Table table, string trainer, string dropout, OutageProfile profile, IReadOnlyList<string> channelNames)
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
            new Text(channelNames[profile.MostHarmful.LostChannels[0]]));
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
