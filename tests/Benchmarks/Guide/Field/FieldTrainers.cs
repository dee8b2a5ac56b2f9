using System.Globalization;
using Examples;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The trainers of the comparisons of failures: those of examples/SensorOutage, and FastTree.</summary>
internal static class FieldTrainers
{
    public static FieldTrainer LightGbm { get; } = Shared(TrainerKind.LightGbm);

    public static FieldTrainer Sdca { get; } = Shared(TrainerKind.Sdca);

    public static FieldTrainer Lbfgs { get; } = Shared(TrainerKind.Lbfgs);

    // Like LightGBM's, its trees see a fifth of the features.
    public static FieldTrainer FastTree { get; } = new("FastTree", (mlContext, seed) =>
        mlContext.MulticlassClassification.Trainers.OneVersusAll(mlContext.BinaryClassification.Trainers.FastTree(
            new FastTreeBinaryTrainer.Options { FeatureFraction = 0.2, Seed = seed, NumberOfThreads = 1 })));

    public static IReadOnlyList<FieldTrainer> All { get; } = [LightGbm, Sdca, Lbfgs, FastTree];

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

    private static FieldTrainer Shared(TrainerKind kind) => new(
        TrainerCatalog.NameOf(kind), (mlContext, seed) => TrainerCatalog.Create(mlContext, kind, seed));
}
