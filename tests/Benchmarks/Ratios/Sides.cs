namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The two sides of a comparison, ready to run: each call works on the same rows.</summary>
/// <param name="Measured">What is measured.</param>
/// <param name="Against">What it is measured against.</param>
/// <param name="Rows">The number of rows of a call.</param>
internal sealed record Sides(Action Measured, Action Against, int Rows);
