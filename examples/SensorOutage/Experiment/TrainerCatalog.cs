using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace SensorOutage;

/// <summary>The trainers' settings, the same with the stage and without, and their names.</summary>
public static class TrainerCatalog
{
    /// <summary>Makes a trainer that gives the same model for the same data and seed: each runs on one thread.</summary>
    public static IEstimator<ITransformer> Create(MLContext mlContext, TrainerKind kind, int seed) => kind switch
    {
        TrainerKind.LightGbm => mlContext.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
        {
            UseSoftmax = true,

            // Few recordings with many features each: let every tree see a part of them, and doubt small leaves.
            Booster = new GradientBooster.Options { FeatureFraction = 0.2, L2Regularization = 10 },
            Seed = seed,
            Deterministic = true,
            NumberOfThreads = 1,
        }),
        TrainerKind.Sdca => mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy(
            new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 }),
        TrainerKind.Lbfgs => mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 }),
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
