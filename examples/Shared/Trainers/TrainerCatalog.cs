using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace Examples;

/// <summary>The trainers and their names. Settings are the same with and without the stage.</summary>
public static class TrainerCatalog
{
    /// <summary>Makes a trainer that gives the same model for the same data and seed: each runs on one thread.</summary>
    /// <remarks>
    /// There are few recordings and many features, so all trainers are regularized: trees see a part of the features at a time
    /// and shrink small leaves, and linear models have an L2 penalty. They have no L1 penalty, which would make them choose one
    /// of several redundant sensors.
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
