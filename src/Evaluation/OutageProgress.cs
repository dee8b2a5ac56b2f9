using System.Diagnostics;

namespace MLNet.SpatialDropout;

/// <summary>How far an evaluation with lost sensors is.</summary>
/// <param name="Done">The number of passes over the data that are done.</param>
/// <param name="Total">The number of all passes: one for the clean data, and one for each loss, in each fold.</param>
/// <example>
/// <code>
/// var progress = new Progress&lt;OutageProgress&gt;(step => Console.WriteLine($"{step.Done} of {step.Total}"));
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct OutageProgress(int Done, int Total);
