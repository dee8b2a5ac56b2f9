using Microsoft.ML;

namespace Examples;

/// <summary>Creates a trainer, as <see cref="TrainerCatalog.Create"/> does.</summary>
public delegate IEstimator<ITransformer> TrainerFactory(MLContext mlContext, TrainerKind kind, int seed);
