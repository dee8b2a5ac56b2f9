using Microsoft.ML;

namespace Examples;

/// <summary>Recordings of one length from one set of sensors.</summary>
/// <param name="ChannelNames">The sensors, in the order of a recording's channels.</param>
/// <param name="Steps">The time steps of each recording.</param>
/// <param name="Recordings">The recordings.</param>
public sealed record RecordingSet(IReadOnlyList<string> ChannelNames, int Steps, IReadOnlyList<Recording> Recordings)
{
    public int Channels => ChannelNames.Count;

    /// <summary>The length of a recording's features.</summary>
    public int FeatureCount => Steps * Channels;

    /// <summary>The same recordings with dead sensors: a lost channel reads the same from the first step to the last.</summary>
    /// <param name="channels">The channels that are lost; all others keep every reading.</param>
    /// <param name="reading">What a lost channel reads. Default: 0.</param>
    public RecordingSet Without(IReadOnlyCollection<int> channels, float reading = 0) =>
        this with { Recordings = [.. Recordings.Select(recording => Damage(recording, channels, reading))] };

    /// <summary>The recordings as ML.NET reads them; only a set knows how long its feature vectors are.</summary>
    public IDataView Load(MLContext mlContext) =>
        mlContext.Data.LoadFromEnumerable(Recordings, nameof(Recording.Features), FeatureCount);

    private Recording Damage(Recording recording, IReadOnlyCollection<int> channels, float reading)
    {
        float[] features = [.. recording.Features];
        foreach (int channel in channels)
        {
            for (int index = channel; index < features.Length; index += Channels)
                features[index] = reading;
        }

        return new Recording { Label = recording.Label, Features = features };
    }
}
