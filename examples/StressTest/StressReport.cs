using System.Globalization;
using Examples;

namespace StressTest;

/// <summary>The metrics of one model.</summary>
/// <param name="ModelName">The model's file name.</param>
/// <param name="Kind">What it predicts.</param>
/// <param name="Clean">Its metric on the undamaged data.</param>
/// <param name="Losses">The same with each sensor lost, the worst loss first.</param>
/// <param name="ChangesScores">Whether any loss changed any score.</param>
public sealed record StressReport(
    string ModelName, ModelKind Kind, double Clean, IReadOnlyList<SensorLoss> Losses, bool ChangesScores)
{
    /// <summary>The metric's name.</summary>
    public string MetricName => Kind switch
    {
        ModelKind.Regression => "R2",
        ModelKind.Ranking => "NDCG@3",
        _ => "accuracy",
    };

    /// <summary>Whether the metric is a share of the rows.</summary>
    public bool IsShare => Kind is ModelKind.Multiclass or ModelKind.Binary;

    /// <summary>The metric with any one sensor lost, the mean.</summary>
    public double Mean => Losses.Average(loss => loss.Metric);

    /// <summary>The metric with the sensor lost that costs most.</summary>
    public double Worst => Losses[0].Metric;

    /// <summary>A metric as text.</summary>
    public string Format(double metric) => !double.IsFinite(metric) ? "no score"
        : IsShare ? ReportTable.Percent(metric)
        : metric.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>The signed difference of a metric from the clean one.</summary>
    public string FormatDifference(double metric) => !double.IsFinite(metric) ? "-"
        : IsShare ? (100 * (metric - Clean)).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture)
        : (metric - Clean).ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);
}
