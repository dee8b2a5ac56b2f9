namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>One way to train: a row of a table of the guide.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Stage">The stage's options but for the channels and the seed; null is a pipeline without the stage.</param>
internal sealed record GuideVariant(string Name, SpatialDropoutOptions? Stage);
