using Examples;
using Microsoft.ML;
using MLNet.SpatialDropout;

namespace AutoML;

/// <summary>What models are trained on, what they are chosen by, and what the chosen ones are tested on.</summary>
/// <remarks>
/// Split before anything is dropped out: the choice would be worthless if copies of a recording were on both sides.
/// </remarks>
public sealed class SplitData
{
    // The share of the training file that models are chosen by.
    private const int ValidationShare = 4;

    // Damaged rows for each clean one: enough for most recordings to lose several different sensors.
    private const int DamagedCopies = 6;

    private SplitData(RecordingSet train, RecordingSet validation, RecordingSet test) =>
        (Train, Validation, Test) = (train, validation, test);

    public RecordingSet Train { get; }

    public RecordingSet Validation { get; }

    public RecordingSet Test { get; }

    /// <summary>Sets the last quarter of each class aside to choose models by.</summary>
    /// <remarks>Generated recordings come person by person, so these are other people than those trained on.</remarks>
    public static SplitData Create(DataSet data)
    {
        IReadOnlyList<Recording>[] classes =
            [.. data.Train.Recordings.GroupBy(recording => recording.Label).Select(group => group.ToArray())];
        return new SplitData(
            data.Train with { Recordings = [.. classes.SelectMany(all => all.Take(TrainCount(all)))] },
            data.Train with { Recordings = [.. classes.SelectMany(all => all.Skip(TrainCount(all)))] },
            data.Test);
    }

    /// <summary>The validation recordings clean, and each several times with one sensor lost.</summary>
    /// <remarks>
    /// One view, as an experiment evaluates one: the mean over its rows is what is searched for. The losses are a pure function
    /// of seed and row, so every trial is judged by the same ones.
    /// </remarks>
    public IDataView LoadCleanAndDamagedValidation(MLContext mlContext, int seed) =>
        mlContext.Data.SpatialDropout(Validation.Load(mlContext), new SpatialDropoutOptions
        {
            OutputColumnName = nameof(Recording.Features),
            Channels = Validation.Channels,
            DroppedChannels = (1, 1),
            Copies = DamagedCopies,
            KeepOriginal = true,
            Seed = seed,
        });

    // At least one for each side, where there are two.
    private static int TrainCount(IReadOnlyList<Recording> recordings) =>
        recordings.Count - (recordings.Count > 1 ? Math.Max(1, recordings.Count / ValidationShare) : 0);
}
