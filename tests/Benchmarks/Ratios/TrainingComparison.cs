using Examples;
using Examples.Tests;
using Microsoft.ML;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The time that the stage adds to training.</summary>
internal static class TrainingComparison
{
    public static Comparison Create() =>
        new(SharedData.Find() is null ? "fitting LightGBM on generated recordings, with the stage"
                : "fitting LightGBM on BasicMotions, with the stage",
            "without it", Bar.AtMost(1.1), Prepare);

    private static Sides Prepare()
    {
        RecordingSet recordings = SharedData.Find() is { } folder
            ? TsDataSet.Read(
                Path.Combine(folder, "BasicMotions_TRAIN.ts"), Path.Combine(folder, "BasicMotions_TEST.ts")).Train
            : WearableGenerator.Generate(seed: 1).Train;
        var mlContext = new MLContext(1);
        IDataView train = mlContext.Data.Cache(recordings.Load(mlContext));
        var toKey = mlContext.Transforms.Conversion.MapValueToKey(nameof(Recording.Label));
        var trainer = mlContext.MulticlassClassification.Trainers.LightGbm();
        var without = toKey.Append(trainer);
        var with = toKey
            .Append(mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
            {
                OutputColumnName = nameof(Recording.Features),
                Channels = recordings.Channels,
                Seed = 1,
            }))
            .Append(trainer);
        return new Sides(() => with.Fit(train), () => without.Fit(train), recordings.Recordings.Count);
    }
}
