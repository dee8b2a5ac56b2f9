using System.Globalization;
using System.Text;

namespace MLNet.SpatialDropout;

/// <summary>A report as text: a line for each loss, a column for each metric.</summary>
internal sealed class OutageTable<TMetrics>
    where TMetrics : class
{
    private const string Gap = "  ";
    private const string MetricFormat = "0.0000";
    private const string DifferenceFormat = "+0.0000;-0.0000;0.0000";

    private readonly OutageReport<TMetrics> _report;
    private readonly IReadOnlyList<OutageMetric<TMetrics>> _metrics;
    private readonly bool _showsMissing;
    private readonly List<string[]> _lines = [];

    public OutageTable(OutageReport<TMetrics> report, IReadOnlyList<OutageMetric<TMetrics>> metrics)
    {
        (_report, _metrics) = (report, metrics);
        _showsMissing = report.SingleLosses.Concat(report.PairLosses).Append(report.Clean)
            .Any(outage => outage.RowsWithoutScore > 0);

        string[] missing = _showsMissing ? ["rows without score"] : [];
        _lines.Add(["lost sensor", metrics[0].Name, "difference", .. metrics.Skip(1).Select(metric => metric.Name), .. missing]);
        Add(report.Clean);
        Add("any one", report.SingleLosses);
        Add("any two", report.PairLosses);
    }

    public override string ToString()
    {
        int[] widths = [.. Enumerable.Range(0, _lines[0].Length).Select(column => _lines.Max(line => line[column].Length))];
        var text = new StringBuilder();
        foreach (string[] line in _lines)
        {
            text.Append(line[0].PadRight(widths[0]));
            for (int column = 1; column < line.Length; column++)
                text.Append(Gap).Append(line[column].PadLeft(widths[column]));
            text.AppendLine();
        }

        return text.ToString();
    }

    private void Add(string title, IReadOnlyList<Outage<TMetrics>> losses)
    {
        if (losses.Count == 0)
            return;
        int lost = losses[0].LostSensors.Count;
        foreach (Outage<TMetrics> loss in losses)
            Add(loss);
        Add($"{title}, mean", metric => _report.Mean(metric.Read, lost), losses.Average(loss => loss.RowsWithoutScore));
        Add(
            $"{title}, worst", metric => metric.Read(_report.Worst(metric.Read, metric.LessIsBetter, lost).Metrics),
            losses.Max(loss => loss.RowsWithoutScore));
    }

    private void Add(Outage<TMetrics> outage) => Add(outage.Name, metric => metric.Read(outage.Metrics), outage.RowsWithoutScore);

    private void Add(string name, Func<OutageMetric<TMetrics>, double> read, double rowsWithoutScore)
    {
        double first = read(_metrics[0]);
        double clean = _metrics[0].Read(_report.Clean.Metrics);
        string[] missing = _showsMissing ? [Text(rowsWithoutScore, "0.#")] : [];
        _lines.Add(
        [
            name, Text(first, MetricFormat), double.IsFinite(clean) ? Text(first - clean, DifferenceFormat) : "n/a",
            .. _metrics.Skip(1).Select(metric => Text(read(metric), MetricFormat)), .. missing,
        ]);
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
