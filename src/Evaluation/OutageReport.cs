using System.Diagnostics;

namespace MLNet.SpatialDropout;

/// <summary>What a lost sensor costs a model: its metrics on clean data, and with each sensor lost in turn.</summary>
/// <typeparam name="TMetrics">ML.NET's metrics of the task.</typeparam>
/// <remarks>
/// <see cref="ToString"/> gives a table. A row that the model gives no score counts as wrong: as a wrong class, as an infinite
/// error in a regression, and at the end of a ranking. In the log-loss it counts as a guess.
/// </remarks>
/// <example>
/// <code>
/// OutageReport&lt;MulticlassClassificationMetrics&gt; report =
///     mlContext.MulticlassClassification.EvaluateOutages(model, test, options);
/// Console.WriteLine(report);
/// double clean = report.Clean.Metrics.MicroAccuracy;
/// double worst = report.Worst(metrics => metrics.MacroAccuracy).Metrics.MacroAccuracy;
/// double mean = report.Mean(metrics => metrics.LogLoss);
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class OutageReport<TMetrics>
    where TMetrics : class
{
    private readonly IReadOnlyList<OutageMetric<TMetrics>> _metrics;

    internal OutageReport(
        IReadOnlyList<string> sensorNames, IReadOnlyList<OutageMetric<TMetrics>> metrics, IReadOnlyList<Outage<TMetrics>> outages)
    {
        SensorNames = sensorNames;
        _metrics = metrics;
        Clean = outages[0];
        SingleLosses = [.. outages.Where(outage => outage.LostSensors.Count == 1)];
        PairLosses = [.. outages.Where(outage => outage.LostSensors.Count == 2)];
        ChangesScores = outages.Any(outage => outage.ScoreHash != Clean.ScoreHash);
    }

    /// <summary>What the sensors are called, in their order.</summary>
    public IReadOnlyList<string> SensorNames { get; }

    /// <summary>The metrics with all sensors.</summary>
    public Outage<TMetrics> Clean { get; }

    /// <summary>The metrics with one sensor lost, in the order of the sensors.</summary>
    public IReadOnlyList<Outage<TMetrics>> SingleLosses { get; }

    /// <summary>The metrics with two sensors lost, for each pair. Empty if pairs were not asked for.</summary>
    public IReadOnlyList<Outage<TMetrics>> PairLosses { get; }

    /// <summary>Whether any loss changed any score. If not, the model uses nothing of what was lost.</summary>
    public bool ChangesScores { get; }

    /// <summary>The loss that costs most. The first one, if several cost the same. A metric that is NaN is worst.</summary>
    /// <param name="metric">
    /// The metric to compare. Default: null, the first one of the table (accuracy, R², or NDCG@1).
    /// </param>
    /// <param name="lessIsBetter">Whether a smaller value is better, as with a log-loss. Default: false.</param>
    /// <param name="lostSensors">How many sensors are lost: 1, or 2 if pairs were asked for. Default: 1.</param>
    /// <returns>The loss, with all its metrics.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no losses of so many sensors.</exception>
    /// <example>
    /// <code>
    /// Outage&lt;RegressionMetrics&gt; worst = report.Worst(metrics => metrics.RootMeanSquaredError, lessIsBetter: true);
    /// </code>
    /// </example>
    public Outage<TMetrics> Worst(Func<TMetrics, double>? metric = null, bool lessIsBetter = false, int lostSensors = 1)
    {
        metric ??= _metrics[0].Read;

        // MinBy takes NaN as the least value.
        return Losses(lostSensors).MinBy(loss => lessIsBetter ? -metric(loss.Metrics) : metric(loss.Metrics))!;
    }

    /// <summary>The mean of a metric over all losses of so many sensors.</summary>
    /// <param name="metric">The metric. Default: null, the first one of the table (accuracy, R², or NDCG@1).</param>
    /// <param name="lostSensors">How many sensors are lost: 1, or 2 if pairs were asked for. Default: 1.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no losses of so many sensors.</exception>
    /// <example>
    /// <code>
    /// double accuracy = report.Mean(metrics => metrics.MicroAccuracy);
    /// </code>
    /// </example>
    public double Mean(Func<TMetrics, double>? metric = null, int lostSensors = 1) =>
        Losses(lostSensors).Average(loss => (metric ?? _metrics[0].Read)(loss.Metrics));

    /// <summary>
    /// A table: a line for each loss, a column for each metric. In the lines of the mean and the worst, each metric counts by
    /// itself, so that the worst of two metrics may be those of different sensors.
    /// </summary>
    public override string ToString() => new OutageTable<TMetrics>(this, _metrics).ToString();

    private IReadOnlyList<Outage<TMetrics>> Losses(int lostSensors) => lostSensors switch
    {
        1 => SingleLosses,
        2 when PairLosses.Count > 0 => PairLosses,
        _ => throw new ArgumentOutOfRangeException(
            nameof(lostSensors), lostSensors,
            "lostSensors must be 1, or 2 for a report of at least two sensors that was made with lostPairs: true."),
    };
}
