using Examples;
using ScottPlot;
using ScottPlot.Plottables;

namespace SensorOutage;

/// <summary>The picture: accuracy against the number of lost sensors, a panel for each trainer.</summary>
public static class OutagePlot
{
    private const int PanelWidth = 560;
    private const int Height = 560;

    private static readonly Color WithoutColor = Color.FromHex("#C8553D");
    private static readonly Color WithColor = Color.FromHex("#1F6FB2");

    /// <param name="path">The file to write.</param>
    /// <param name="dataSetName">What was measured on, for titles.</param>
    /// <param name="results">A panel for each.</param>
    /// <param name="sensors">What is lost, in the plural.</param>
    public static void SavePng(string path, string dataSetName, IReadOnlyList<OutageResult> results, string sensors)
    {
        var panels = new Multiplot();
        panels.AddPlots(results.Count);
        panels.Layout = new ScottPlot.MultiplotLayouts.Grid(rows: 1, columns: results.Count);
        foreach ((int index, OutageResult result) in results.Index())
            Fill(panels.GetPlot(index), $"{dataSetName}: {TrainerCatalog.NameOf(result.Trainer)}", result, sensors);
        panels.SavePng(path, PanelWidth * results.Count, Height);
    }

    private static void Fill(Plot plot, string title, OutageResult result, string sensors)
    {
        AddCurves(plot, result.Without, "without spatial dropout", WithoutColor);
        AddCurves(plot, result.With, "with spatial dropout", WithColor);

        plot.Title(title);
        plot.XLabel($"lost {sensors}");
        plot.YLabel("accuracy on test data (%)");
        plot.Axes.SetLimits(-0.2, result.With.LostCounts[^1] + 0.2, 0, 103);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.Grid.MajorLineColor = Colors.Black.WithOpacity(0.08);
        plot.ShowLegend(Edge.Bottom);
    }

    private static void AddCurves(Plot plot, OutageProfile profile, string name, Color color)
    {
        double[] lost = [.. profile.LostCounts.Select(count => (double)count)];

        Scatter mean = plot.Add.Scatter(lost, Percents(profile, profile.Mean), color);
        mean.LegendText = $"{name}, mean";
        mean.LineWidth = 3;
        mean.MarkerSize = 8;

        Scatter worst = plot.Add.Scatter(lost, Percents(profile, profile.Worst), color);
        worst.LegendText = $"{name}, worst";
        worst.LineWidth = 1.5f;
        worst.LinePattern = LinePattern.Dashed;
        worst.MarkerSize = 5;
        worst.MarkerShape = MarkerShape.OpenCircle;
    }

    private static double[] Percents(OutageProfile profile, Func<int, double> accuracy) =>
        [.. profile.LostCounts.Select(lost => 100 * accuracy(lost))];
}
