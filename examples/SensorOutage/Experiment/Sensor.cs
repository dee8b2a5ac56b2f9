namespace SensorOutage;

/// <summary>What fails as a whole: one channel, or a chip of neighbouring channels.</summary>
public sealed record Sensor(string Name, IReadOnlyList<int> Channels)
{
    /// <summary>The sensors of a recording.</summary>
    /// <param name="channelNames">The names of all channels, in order.</param>
    /// <param name="groups">The sizes of the chips, which add up to all channels; null if each fails by itself.</param>
    public static IReadOnlyList<Sensor> Of(IReadOnlyList<string> channelNames, IReadOnlyList<int>? groups)
    {
        var sensors = new List<Sensor>();
        int first = 0;
        foreach (int size in groups ?? [.. channelNames.Select(_ => 1)])
        {
            string name = size == 1 ? channelNames[first] : $"{channelNames[first]} to {channelNames[first + size - 1]}";
            sensors.Add(new Sensor(name, [.. Enumerable.Range(first, size)]));
            first += size;
        }

        return sensors;
    }
}
