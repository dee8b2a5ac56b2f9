namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The measurements of the process with libtorch, or why there are none.</summary>
internal sealed record TorchResult(IReadOnlyList<Measurement> Measurements, string? Failure = null);
