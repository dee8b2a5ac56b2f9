using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace Examples;

/// <summary>The trainers' settings, the same with the stage and without, and their names.</summary>
public static class TrainerCatalog
{
    /// <summary>Makes a trainer that gives the same model for the same data and seed: each runs on one thread.</summary>
    /// <remarks>
    /// Recordings are few and features many, so all are held back: trees see a part of the features and doubt small leaves,
    /// and linear models pay for large weights. They pay nothing for many small ones (no L1), as that would make them pick
    /// one of several sensors that say the same.
    /// </remarks>
    public static IEstimator<ITransformer> Create(MLContext mlContext, TrainerKind kind, int seed) => kind switch
    {
        TrainerKind.LightGbm => mlContext.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
        {
            UseSoftmax = true,
            Booster = new GradientBooster.Options { FeatureFraction = 0.2, L2Regularization = 10 },
            Seed = seed,
            Deterministic = true,
            NumberOfThreads = 1,
        }),
        TrainerKind.Sdca => mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy(
            new SdcaMaximumEntropyMulticlassTrainer.Options
            {
                L2Regularization = 0.1f,
                L1Regularization = 0,
                NumberOfThreads = 1,
            }),
        TrainerKind.Lbfgs => mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                L2Regularization = 100,
                L1Regularization = 0,
                NumberOfThreads = 1,
            }),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string NameOf(TrainerKind kind) => kind switch
    {
        TrainerKind.LightGbm => "LightGBM",
        TrainerKind.Sdca => "SDCA",
        TrainerKind.Lbfgs => "L-BFGS",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
