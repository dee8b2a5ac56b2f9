using Microsoft.ML;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>A trainer to compare.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Create">Makes it for a seed. It runs on one thread.</param>
internal sealed record FieldTrainer(string Name, Func<MLContext, int, IEstimator<ITransformer>> Create);
