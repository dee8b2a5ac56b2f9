using Examples;
using Microsoft.ML;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Recordings as series of several sensors, or as a table with some columns for each sensor.</summary>
/// <param name="Recordings">The recordings. Those of a table have one step, and a channel for each column.</param>
/// <param name="Columns">The number of neighbouring columns of each sensor of a table; null for series.</param>
internal sealed record SensorRecordings(RecordingSet Recordings, IReadOnlyList<int>? Columns = null)
{
    public int Sensors => Columns?.Count ?? Recordings.Channels;

    public int Steps => Recordings.Steps;

    public IReadOnlyList<string> Labels => [.. Recordings.Recordings.Select(recording => recording.Label)];

    private IEnumerable<int> SensorOfChannel =>
        Columns?.SelectMany((columns, sensor) => Enumerable.Repeat(sensor, columns)) ?? Enumerable.Range(0, Recordings.Channels);

    public IDataView Load(MLContext mlContext) => Recordings.Load(mlContext);

    /// <summary>Options with the layout of these recordings.</summary>
    public SpatialDropoutOptions Lay(SpatialDropoutOptions options) =>
        Columns is null ? options with { Channels = Recordings.Channels } : options with { Groups = Columns };

    /// <summary>The same recordings, as if one sensor had never been there.</summary>
    public SensorRecordings Without(int sensor)
    {
        bool[] keep = [.. SensorOfChannel.Select(other => other != sensor)];
        RecordingSet rest = Recordings with
        {
            ChannelNames = [.. Recordings.ChannelNames.Where((_, channel) => keep[channel])],
            Recordings =
            [
                .. Recordings.Recordings.Select(recording => new Recording
                {
                    Label = recording.Label,
                    Features = [.. recording.Features.Where((_, index) => keep[index % keep.Length])],
                }),
            ],
        };
        return new SensorRecordings(rest, Columns?.Where((_, other) => other != sensor).ToArray());
    }
}
