namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>What the process with libtorch found out; or why it could not.</summary>
internal sealed record TorchResult(IReadOnlyList<Measurement> Measurements, string? Failure = null);
