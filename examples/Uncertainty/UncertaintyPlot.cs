using System.Globalization;
using ScottPlot;
using ScottPlot.Plottables;

namespace Uncertainty;

/// <summary>The picture: error rate by spread, and the spread of right and of wrong predictions.</summary>
public static class UncertaintyPlot
{
    private const int PanelWidth = 560;
    private const int Height = 480;
    private const int Intervals = 12;

    private static readonly Color[] ResultColors = [Color.FromHex("#6B7280"), Color.FromHex("#1F6FB2")];
    private static readonly Color RightColor = Color.FromHex("#2E8B57");
    private static readonly Color WrongColor = Color.FromHex("#C8553D");

    /// <param name="path">The file to write.</param>
    /// <param name="dataSetName">For the titles.</param>
    /// <param name="results">Clean and with a sensor lost; the second panel shows the last.</param>
    public static void SavePng(string path, string dataSetName, IReadOnlyList<UncertaintyResult> results)
    {
        var panels = new Multiplot();
        panels.AddPlots(2);
        panels.Layout = new ScottPlot.MultiplotLayouts.Grid(rows: 1, columns: 2);
        FillErrorRates(panels.GetPlot(0), dataSetName, results);
        FillSpreads(panels.GetPlot(1), dataSetName, results[^1]);
        panels.SavePng(path, PanelWidth * 2, Height);
    }

    private static void FillErrorRates(Plot plot, string dataSetName, IReadOnlyList<UncertaintyResult> results)
    {
        double width = 0.8 / results.Count;
        foreach ((int index, UncertaintyResult result) in results.Index())
        {
            double shift = (index - (results.Count - 1) / 2.0) * width;
            AddBars(
                plot,
                result.Name,
                ResultColors[index],
                width,
                result.Bins.Index().Select(bin => (bin.Index + 1 + shift, 100 * bin.Item.ErrorRate)),
                height => height.ToString("0", CultureInfo.InvariantCulture));
        }

        plot.Title($"{dataSetName}: error by spread");
        plot.XLabel("fifth of the predictions, by spread");
        plot.YLabel("wrong plain predictions (%)");
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        Finish(plot, highest: results.Max(result => result.Bins.Max(bin => 100 * bin.ErrorRate)));
    }

    // Shares, because there are many more right predictions than wrong ones.
    private static void FillSpreads(Plot plot, string dataSetName, UncertaintyResult result)
    {
        // Never zero, even if nothing spreads (rate 0).
        double interval = Math.Max(result.Predictions.Max(prediction => prediction.Spread), 1e-6) / Intervals;
        double highest = 0;
        foreach ((string name, bool isWrong, Color color) in
            (ReadOnlySpan<(string, bool, Color)>)[("right", false, RightColor), ("wrong", true, WrongColor)])
        {
            double[] spreads = [.. result.Predictions.Where(prediction => prediction.IsWrong == isWrong).Select(p => p.Spread)];
            double[] shares = new double[Intervals];
            foreach (double spread in spreads)
                shares[Math.Min((int)(spread / interval), Intervals - 1)] += 100.0 / spreads.Length;
            highest = Math.Max(highest, shares.Max());

            double width = 0.45 * interval;
            double shift = (isWrong ? 0.5 : -0.5) * width;
            AddBars(
                plot,
                $"{name} ({spreads.Length})",
                color,
                width,
                shares.Index().Select(share => ((share.Index + 0.5) * interval + shift, share.Item)),
                _ => "");
        }

        plot.Title($"{dataSetName}, {result.Name}: right and wrong");
        plot.XLabel("spread over the passes");
        plot.YLabel("of the right, of the wrong (%)");
        Finish(plot, highest);
    }

    private static void AddBars(
        Plot plot,
        string name,
        Color color,
        double width,
        IEnumerable<(double Position, double Height)> bars,
        Func<double, string> label)
    {
        BarPlot added = plot.Add.Bars(bars.Select(bar => new Bar
        {
            Position = bar.Position,
            Value = bar.Height,
            Size = width,
            FillColor = color,
            LineWidth = 0,
            Label = label(bar.Height),
        }).ToArray());
        added.LegendText = name;
    }

    private static void Finish(Plot plot, double highest)
    {
        plot.Axes.SetLimitsY(0, Math.Max(highest, 1) * 1.15);
        plot.Grid.MajorLineColor = Colors.Black.WithOpacity(0.08);
        plot.ShowLegend(Edge.Bottom);
    }
}
