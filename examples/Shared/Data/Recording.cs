namespace Examples;

/// <summary>One recording, in the shape that ML.NET reads: its properties are the columns.</summary>
public sealed class Recording
{
    /// <summary>What was going on.</summary>
    public required string Label { get; init; }

    /// <summary>[time, channels]: the readings of all channels at the first step, then at the second.</summary>
    public required float[] Features { get; init; }
}
