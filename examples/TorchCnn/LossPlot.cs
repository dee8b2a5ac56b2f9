using ScottPlot;
using ScottPlot.Plottables;

namespace TorchCnn;

/// <summary>The picture: the training loss of each epoch, a line for each kind, its seeds in the band.</summary>
public static class LossPlot
{
    private const int Width = 720;
    private const int Height = 480;

    private static readonly Color[] KindColors =
        [Color.FromHex("#6B7280"), Color.FromHex("#C8553D"), Color.FromHex("#1F6FB2"), Color.FromHex("#2E8B57")];

    public static void SavePng(string path, string dataSetName, IReadOnlyList<CnnResult> results)
    {
        using var plot = new Plot();
        foreach (CnnResult result in results)
            Add(plot, result);
        plot.Title($"{dataSetName}: training loss, dropout at work");
        plot.XLabel("epoch");
        plot.YLabel("cross-entropy");
        plot.Axes.SetLimitsY(0, results.Max(result => result.Outcomes.Max(outcome => outcome.Losses.Max())) * 1.05);
        plot.Grid.MajorLineColor = Colors.Black.WithOpacity(0.08);
        plot.ShowLegend(Alignment.UpperRight);
        plot.SavePng(path, Width, Height);
    }

    private static void Add(Plot plot, CnnResult result)
    {
        int epochs = result.Outcomes[0].Losses.Count;
        double[] axis = [.. Enumerable.Range(1, epochs).Select(epoch => (double)epoch)];
        double[] Of(Func<IEnumerable<double>, double> summary) =>
            [.. Enumerable.Range(0, epochs).Select(epoch => summary(result.Outcomes.Select(outcome => outcome.Losses[epoch])))];

        Color color = KindColors[(int)result.Kind];
        FillY band = plot.Add.FillY(axis, Of(Enumerable.Min), Of(Enumerable.Max));
        band.FillColor = color.WithOpacity(0.15);
        band.LineWidth = 0;
        band.MarkerSize = 0;
        Scatter mean = plot.Add.ScatterLine(axis, Of(Enumerable.Average), color);
        mean.LineWidth = 2.5f;
        mean.LegendText = TorchCnnRun.NameOf(result.Kind);
    }
}
