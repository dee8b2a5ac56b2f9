using ScottPlot;
using ScottPlot.Plottables;

namespace StressTest;

/// <summary>The picture: a bar for each lost sensor, the worst loss first; a panel for each model.</summary>
public static class StressPlot
{
    private const int MinimumPanelWidth = 560;
    private const int WidthPerSensor = 30;
    private const int Height = 460;

    // More names do not fit side by side.
    private const int LevelNames = 8;

    private static readonly Color BarColor = Color.FromHex("#C8553D");
    private static readonly Color CleanColor = Color.FromHex("#1F6FB2");

    public static void SavePng(string path, IReadOnlyList<StressReport> reports)
    {
        var panels = new Multiplot();
        panels.AddPlots(reports.Count);
        panels.Layout = new ScottPlot.MultiplotLayouts.Grid(rows: 1, columns: reports.Count);
        foreach ((int index, StressReport report) in reports.Index())
            Fill(panels.GetPlot(index), report);
        int width = Math.Max(MinimumPanelWidth, WidthPerSensor * reports.Max(report => report.Losses.Count));
        panels.SavePng(path, width * reports.Count, Height);
    }

    private static void Fill(Plot plot, StressReport report)
    {
        double unit = report.IsShare ? 100 : 1;

        // A loss without a score has no bar.
        double[] heights = [.. report.Losses.Select(loss => double.IsFinite(loss.Metric) ? unit * loss.Metric : 0)];
        double[] positions = [.. Enumerable.Range(0, heights.Length).Select(position => (double)position)];
        BarPlot bars = plot.Add.Bars(positions, heights);
        bars.Color = BarColor;
        foreach (Bar bar in bars.Bars)
            bar.LineWidth = 0;

        HorizontalLine clean = plot.Add.HorizontalLine(unit * report.Clean, 2, CleanColor, LinePattern.Dashed);
        clean.LegendText = $"no sensor lost: {report.Format(report.Clean)}";

        plot.Title(report.ModelName);
        plot.XLabel("lost sensor");
        plot.YLabel(report.IsShare ? "accuracy (%)" : report.MetricName);
        bool isLevel = heights.Length <= LevelNames;

        // The figure is below the bar, where nothing crosses it.
        plot.Axes.Bottom.SetTicks(positions, [.. report.Losses.Select(loss =>
            isLevel ? $"{loss.Sensor}\n{report.Format(loss.Metric)}" : loss.Sensor)]);
        if (!isLevel)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = 90;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleLeft;
            plot.Axes.Bottom.MinimumSize = 120;
        }

        double bottom = Math.Min(0, heights.Min() * 1.15);
        plot.Axes.SetLimits(-0.6, heights.Length - 0.4, bottom, Math.Max(unit, heights.Max()) * 1.03);
        plot.HideGrid();
        plot.ShowLegend(Edge.Bottom);
    }
}
