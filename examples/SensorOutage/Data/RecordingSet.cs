namespace SensorOutage;

/// <summary>Recordings of one length from one set of sensors.</summary>
/// <param name="ChannelNames">The sensors, in the order of a recording's channels.</param>
/// <param name="Steps">The time steps of each recording.</param>
/// <param name="Recordings">The recordings.</param>
public sealed record RecordingSet(IReadOnlyList<string> ChannelNames, int Steps, IReadOnlyList<Recording> Recordings)
{
    public int Channels => ChannelNames.Count;

    /// <summary>The length of a recording's features.</summary>
    public int FeatureCount => Steps * Channels;

    /// <summary>The same recordings with dead sensors: a lost channel reads zero from the first step to the last.</summary>
    /// <param name="channels">The channels that are lost; all others keep every reading.</param>
    public RecordingSet Without(IReadOnlyCollection<int> channels) =>
        this with { Recordings = [.. Recordings.Select(recording => Damage(recording, channels))] };

    private Recording Damage(Recording recording, IReadOnlyCollection<int> channels)
    {
        float[] features = [.. recording.Features];
        foreach (int channel in channels)
        {
            for (int index = channel; index < features.Length; index += Channels)
                features[index] = 0;
        }

        return new Recording { Label = recording.Label, Features = features };
    }
}
