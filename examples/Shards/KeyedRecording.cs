namespace Shards;

/// <summary>A recording with a name of its own, in the shape that ML.NET reads: its properties are the columns.</summary>
public sealed class KeyedRecording
{
    /// <summary>The name, the same in every shard and run.</summary>
    public required string Key { get; init; }

    /// <summary>[time, channels]: the readings of all channels at the first step, then at the second.</summary>
    public required float[] Features { get; init; }
}
