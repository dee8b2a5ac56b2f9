using System.Diagnostics;

namespace MLNet.SpatialDropout;

/// <summary>The metrics of a model while some sensors are lost.</summary>
/// <typeparam name="TMetrics">ML.NET's metrics of the task.</typeparam>
/// <seealso cref="OutageReport{TMetrics}"/>
/// <example>
/// <code>
/// Outage&lt;MulticlassClassificationMetrics&gt; worst = report.Worst();
/// Console.WriteLine($"Without {worst.Name}: {worst.Metrics.MicroAccuracy:P1}");
/// </code>
/// </example>
[DebuggerDisplay("{Name,nq}")]
public sealed class Outage<TMetrics>
    where TMetrics : class
{
    internal Outage(string name, IReadOnlyList<int> lostSensors, TMetrics metrics, ScoredPass pass)
    {
        (Name, LostSensors, Metrics) = (name, lostSensors, metrics);
        (RowsWithoutScore, ScoreHash) = (pass.RowsWithoutScore, pass.Hash);
    }

    /// <summary>The names of the lost sensors, such as <c>acc + gyro</c>. <c>none</c> if no sensor is lost.</summary>
    public string Name { get; }

    /// <summary>The lost sensors, counted from 0 in the order of <see cref="OutageReport{TMetrics}.SensorNames"/>.</summary>
    public IReadOnlyList<int> LostSensors { get; }

    /// <summary>The metrics, in which a row without a score is wrong.</summary>
    public TMetrics Metrics { get; }

    /// <summary>
    /// The number of rows that have a label and that the model gives no finite score. Linear models give none where a value is
    /// missing. ML.NET's <c>Evaluate</c> leaves out most of these rows.
    /// </summary>
    public long RowsWithoutScore { get; }

    /// <summary>Tells the scores of one pass from those of another.</summary>
    internal UInt128 ScoreHash { get; }
}
