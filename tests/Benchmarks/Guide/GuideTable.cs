namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Variants that differ in one thing.</summary>
/// <param name="Name">What differs: the header of the first column.</param>
/// <param name="Variants">The rows.</param>
internal sealed record GuideTable(string Name, IReadOnlyList<GuideVariant> Variants);
