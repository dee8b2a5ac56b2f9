namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>All comparisons that run in this process.</summary>
internal static class Comparisons
{
    public static IEnumerable<Comparison> All =>
        [.. SpanComparisons.All, .. ViewComparisons.All, TrainingComparison.Create(), .. EvaluationComparison.All];
}
