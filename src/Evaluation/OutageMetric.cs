namespace MLNet.SpatialDropout;

/// <summary>A column of the table of a report.</summary>
/// <param name="Name">What ML.NET calls the metric.</param>
/// <param name="Read">Reads it.</param>
/// <param name="LessIsBetter">Whether a smaller value is better.</param>
internal sealed record OutageMetric<TMetrics>(string Name, Func<TMetrics, double> Read, bool LessIsBetter = false);
