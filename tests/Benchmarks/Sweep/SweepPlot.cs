using ScottPlot;
using ScottPlot.Plottables;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>A panel for each level of memory: speed by time steps above, by channels below.</summary>
internal static class SweepPlot
{
    private const int PanelWidth = 480;
    private const int PanelHeight = 420;
    private const int FixedChannels = 6;
    private const int FixedSteps = 64;

    private static readonly Color CopyColor = Color.FromHex("#777777");
    private static readonly Color[] Colors = [Color.FromHex("#1F6FB2"), Color.FromHex("#2A9D6F"), Color.FromHex("#C8553D")];

    public static void SavePng(string path, IReadOnlyList<SweepSeries> series)
    {
        int columns = CacheLevel.All.Count;
        var panels = new Multiplot();
        panels.AddPlots(2 * columns);
        panels.Layout = new ScottPlot.MultiplotLayouts.Grid(rows: 2, columns);
        foreach ((int column, CacheLevel level) in CacheLevel.All.Index())
        {
            Fill(
                panels.GetPlot(column), $"{level.Name}, {FixedChannels} channels", "time steps", SweepProcess.Steps, series,
                (one, steps) => one.Find(steps, FixedChannels, level.Name));
            Fill(
                panels.GetPlot(columns + column), $"{level.Name}, {FixedSteps} time steps", "channels", SweepProcess.Channels,
                series,
                (one, channels) => one.Find(FixedSteps, channels, level.Name));
        }

        panels.SavePng(path, PanelWidth * columns, 2 * PanelHeight);
    }

    private static void Fill(
        Plot plot, string title, string xLabel, IReadOnlyList<int> sizes, IReadOnlyList<SweepSeries> series,
        Func<SweepSeries, int, SweepPoint?> find)
    {
        AddCurve(plot, "CopyTo", CopyColor, sizes, size => find(series[0], size)?.CopySpeed);
        foreach ((int i, SweepSeries one) in series.Index())
        {
            string name = one.InstructionSet == "all" ? "ApplyRows, all vectors" : $"ApplyRows, {one.InstructionSet}";
            AddCurve(plot, name, Colors[i], sizes, size => find(one, size)?.DropSpeed);
        }

        plot.Title(title);
        plot.XLabel(xLabel);
        plot.YLabel("GB/s");
        int[] labelled = [.. sizes.Where((size, i) => i == 0 || size >= 1.3 * sizes[i - 1])];
        plot.Axes.Bottom.SetTicks([.. labelled.Select(size => Math.Log2(size))], [.. labelled.Select(size => $"{size}")]);
        plot.Axes.SetLimitsY(0, plot.Axes.GetLimits().Top);
        plot.ShowLegend(Edge.Bottom);
    }

    private static void AddCurve(Plot plot, string name, Color color, IReadOnlyList<int> sizes, Func<int, double?> speed)
    {
        int[] measured = [.. sizes.Where(size => speed(size) is not null)];
        Scatter curve = plot.Add.Scatter(
            measured.Select(size => Math.Log2(size)).ToArray(), measured.Select(size => speed(size)!.Value).ToArray(), color);
        curve.LegendText = name;
        curve.LineWidth = 2;
        curve.MarkerSize = 6;
    }
}
