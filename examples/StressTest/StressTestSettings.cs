using MLNet.SpatialDropout;

namespace StressTest;

/// <summary>The settings of a run. The defaults apply without arguments.</summary>
public sealed record StressTestSettings
{
    /// <summary>The files to test; null is the demonstration, which makes its own.</summary>
    public (string Model, string Data)? Files { get; init; }

    /// <summary>The sensors of a recording; null if groups or columns say how sensors lie.</summary>
    public int? Channels { get; init; }

    /// <summary>The numbers of neighbouring channels that are one sensor each.</summary>
    public IReadOnlyList<int>? Groups { get; init; }

    /// <summary>The columns that are one sensor each.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What the sensors are called; null is as the data say.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The column of the readings.</summary>
    public string Features { get; init; } = "Features";

    /// <summary>The column of the truth.</summary>
    public string Label { get; init; } = "Label";

    /// <summary>The column of the groups of a ranking.</summary>
    public string RowGroup { get; init; } = "GroupId";

    /// <summary>How the readings are ordered.</summary>
    public ChannelLayout Layout { get; init; } = ChannelLayout.ChannelsLast;

    /// <summary>What a lost sensor reads.</summary>
    public DropoutFill Fill { get; init; } = DropoutFill.Zero;

    /// <summary>The folder for the picture and the demonstration's files; created if it does not exist.</summary>
    public string OutputFolder { get; init; } = Path.Combine("artifacts", "stress-test");

    /// <summary>The number of channels of a recording; null if sensors are columns.</summary>
    public int? ChannelCount => Channels ?? Groups?.Sum();

    /// <summary>The number of sensors; null if nothing says it.</summary>
    public int? SensorCount => Channels ?? Groups?.Count ?? Columns?.Count;

    /// <summary>How sensors lie in the data, and what a lost one reads.</summary>
    public SpatialDropoutOptions ToOptions() => new()
    {
        OutputColumnName = Columns is null ? Features : "",
        Columns = Columns,
        Channels = Channels,
        Groups = Groups,
        Layout = Layout,
        Fill = Fill,
        Seed = 1,
    };
}
