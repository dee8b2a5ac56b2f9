using System.Globalization;
using Examples;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The trainers of the comparisons of failures: those of examples/SensorOutage, and FastTree.</summary>
internal static class FieldTrainers
{
    private static readonly FieldTrainer[] Regularized =
    [
        .. Enum.GetValues<TrainerKind>().Select(kind => new FieldTrainer(
            TrainerCatalog.NameOf(kind), (mlContext, seed) => TrainerCatalog.Create(mlContext, kind, seed))),

        // Like LightGBM's, its trees see a fifth of the features.
        FastTree(featureFraction: 0.2),
    ];

    private static readonly FieldTrainer[] Defaults =
    [
        PlainLightGbm(featureFraction: 1) with { Name = TrainerCatalog.NameOf(TrainerKind.LightGbm) },
        new(TrainerCatalog.NameOf(TrainerKind.Sdca), (mlContext, _) =>
            mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy(
                new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 })),
        new(TrainerCatalog.NameOf(TrainerKind.Lbfgs), (mlContext, _) =>
            mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
                new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 })),
        FastTree(featureFraction: 1),
    ];

    /// <summary>
    /// For series the settings of examples/SensorOutage, and FastTree: there are more features than recordings. For tables ML.NET's
    /// defaults.
    /// </summary>
    public static IReadOnlyList<FieldTrainer> For(bool tables) => tables ? Defaults : Regularized;

    /// <summary>ML.NET's default settings, but for the part of the features that a tree sees.</summary>
    public static FieldTrainer PlainLightGbm(double featureFraction) => new(
        string.Create(CultureInfo.InvariantCulture, $"LightGBM, `FeatureFraction = {featureFraction}`"),
        (mlContext, seed) => mlContext.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
        {
            Booster = new GradientBooster.Options { FeatureFraction = featureFraction },
            Seed = seed,
            Deterministic = true,
            NumberOfThreads = 1,
        }));

    private static FieldTrainer FastTree(double featureFraction) => new("FastTree", (mlContext, seed) =>
        mlContext.MulticlassClassification.Trainers.OneVersusAll(mlContext.BinaryClassification.Trainers.FastTree(
            new FastTreeBinaryTrainer.Options
            {
                FeatureFraction = featureFraction,
                FeatureSelectionSeed = seed,
                Seed = seed,
                NumberOfThreads = 1,
            })));
}
