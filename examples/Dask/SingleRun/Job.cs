using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML;
using MLNet.SpatialDropout;

namespace SingleRun;

/// <summary>What happens to recordings, in ML.NET's single run and in workers.</summary>
public static class Job
{
    /// <summary>Everything that a row can meet: mixed fills, one of them from the row itself, and outages of a part of it.</summary>
    public static SpatialDropoutOptions Options(int seed) => new()
    {
        OutputColumnName = nameof(Recording.Features),
        Channels = Recording.Channels,
        Rate = 0.3,
        Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing, DropoutFill.LastValue),
        OutageSteps = (Recording.Steps / 4, Recording.Steps),
        Copies = 2,
        KeepOriginal = true,
        MaskKeyColumnName = nameof(Recording.Key),
        Seed = seed,
    };

    /// <summary>The options of a row as workers read them, and what a plan does not know.</summary>
    public static JsonObject Describe(SpatialDropoutOptions options) => new()
    {
        ["Options"] = JsonSerializer.SerializeToNode<DropoutOptions>(options),
        [nameof(Recording.Length)] = Recording.Length,
        [nameof(options.Copies)] = options.Copies,
        [nameof(options.KeepOriginal)] = options.KeepOriginal,
    };

    /// <summary>The rows of ML.NET's single run: each recording, then its copies. All are in the same object.</summary>
    public static IEnumerable<Recording> Run(int count, int seed, SpatialDropoutOptions options)
    {
        var mlContext = new MLContext();
        IDataView recordings = mlContext.Data.LoadFromEnumerable(Recording.Generate(count, seed));
        IDataView dropped = mlContext.Data.SpatialDropout(recordings, options);
        return mlContext.Data.CreateEnumerable<Recording>(dropped, reuseRowObject: true);
    }
}
