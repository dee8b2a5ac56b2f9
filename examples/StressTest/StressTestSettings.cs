using MLNet.SpatialDropout;

namespace StressTest;

/// <summary>The settings of a run. The defaults apply without arguments.</summary>
public sealed record StressTestSettings
{
    /// <summary>The files to test; null is the demonstration, which makes its own.</summary>
    public (string Model, string Data)? Files { get; init; }

    /// <summary>The sensors of a recording.</summary>
    public int Channels { get; init; }

    /// <summary>What the sensors are called; null is sensor 1, sensor 2 and so on.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The column of the readings.</summary>
    public string Features { get; init; } = "Features";

    /// <summary>The column of the truth.</summary>
    public string Label { get; init; } = "Label";

    /// <summary>How the readings are ordered.</summary>
    public ChannelLayout Layout { get; init; } = ChannelLayout.ChannelsLast;

    /// <summary>What a lost sensor reads.</summary>
    public DropoutFill Fill { get; init; } = DropoutFill.Zero;

    /// <summary>The folder for the picture and the demonstration's files; created if it does not exist.</summary>
    public string OutputFolder { get; init; } = Path.Combine("artifacts", "stress-test");

    /// <summary>The name of a sensor, counted from 0.</summary>
    public string NameOf(int channel) => Names?[channel] ?? $"sensor {channel + 1}";
}
