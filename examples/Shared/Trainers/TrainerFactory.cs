using Microsoft.ML;

namespace Examples;

/// <summary>Makes a trainer; <see cref="TrainerCatalog.Create"/> does it for real.</summary>
public delegate IEstimator<ITransformer> TrainerFactory(MLContext mlContext, TrainerKind kind, int seed);
