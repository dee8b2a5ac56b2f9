using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

namespace StressTest;

/// <summary>Loads data: an ML.NET binary file, a <c>.ts</c> file, or a table with a header.</summary>
public static class DataFile
{
    /// <summary>The file extensions that it reads.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".idv", ".ts", ".csv", ".tsv"];

    /// <exception cref="UnfitFileException">The file is not there, or cannot be read.</exception>
    /// <exception cref="TsFormatException">The <c>.ts</c> file cannot be read.</exception>
    public static IDataView Load(MLContext mlContext, string path, StressTestSettings settings, ModelFile model)
    {
        if (!File.Exists(path))
            throw new UnfitFileException(path, "file not found");
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".ts" => LoadTs(mlContext, path, settings, model),
            ".csv" => new TableFile(path, ',').Load(mlContext, model),
            ".tsv" => new TableFile(path, '\t').Load(mlContext, model),
            _ => LoadBinary(mlContext, path),
        };
    }

    private static IDataView LoadBinary(MLContext mlContext, string path)
    {
        try
        {
            return mlContext.Data.LoadFromBinary(path);
        }
        catch (Exception unreadable)
        {
            // Any type, because ML.NET does not document what it throws for other files.
            throw new UnfitFileException(path, $"cannot be read as an ML.NET binary file: {unreadable.Message}");
        }
    }

    private static IDataView LoadTs(MLContext mlContext, string path, StressTestSettings settings, ModelFile model)
    {
        if (settings.ChannelCount is not { } channels)
            throw new UnfitFileException(path, "a .ts file has one column of readings; give --channels or --groups, not --columns");
        if (settings.Layout != ChannelLayout.ChannelsLast)
            throw new UnfitFileException(path, "--layout must be channels-last for a .ts file, as it is read in that order");
        TsFile file = TsReader.Read(path);
        if (file.Channels != channels)
            throw new UnfitFileException(
                path,
                $"{(settings.Channels is null ? "the sum of --groups" : "--channels")} is {channels}, but the file has"
                + $" {file.Channels} dimensions");

        // Pads with zeros to the length that the model was trained on, if that is known and greater.
        int known = model.Input?.GetColumnOrNull(settings.Features)?.Type is VectorDataViewType vector ? vector.Size : 0;
        int steps = Math.Max(file.Steps, known / file.Channels);
        if (file.IsRegression)
            return mlContext.Data.LoadFromEnumerable(
                file.Recordings.Select(recording => new TargetRecording
                {
                    Label = recording.Target ?? float.NaN,
                    Features = recording.ToFeatures(steps),
                }).ToArray(),
                nameof(TargetRecording.Features), steps * file.Channels);
        string[] names = [.. Enumerable.Range(1, file.Channels).Select(number => $"channel {number}")];
        return new RecordingSet(names, steps, [.. file.Recordings.Select(recording =>
            new Recording { Label = recording.Label, Features = recording.ToFeatures(steps) })]).Load(mlContext);
    }
}
