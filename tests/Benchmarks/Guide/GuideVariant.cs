namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>A row of a table: one way to train.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Stage">The stage's options without channels and seed; null for no stage.</param>
internal sealed record GuideVariant(string Name, SpatialDropoutOptions? Stage);
