namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Variants that differ in one thing.</summary>
/// <param name="Name">What differs, and how the command line names the table.</param>
/// <param name="Variants">The rows.</param>
internal sealed record GuideTable(string Name, IReadOnlyList<GuideVariant> Variants);
