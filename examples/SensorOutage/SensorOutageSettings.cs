using Examples;

namespace SensorOutage;

/// <summary>The settings of a run. The defaults apply without arguments.</summary>
public sealed record SensorOutageSettings
{
    /// <summary>The probability that the stage drops a sensor.</summary>
    public double Rate { get; init; } = 0.3;

    /// <summary>The dropped-out copies of each training recording, beside the recording itself.</summary>
    public int Copies { get; init; } = 4;

    /// <summary>The seed of generated recordings, masks and trainers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The sizes of the chips that fail as a whole; null if each channel fails by itself.</summary>
    public IReadOnlyList<int>? Groups { get; init; }

    public IReadOnlyList<TrainerKind> Trainers { get; init; } = Enum.GetValues<TrainerKind>();

    /// <summary>The folder for the picture; created if it does not exist.</summary>
    public string OutputFolder { get; init; } = Path.Combine("artifacts", "sensor-outage");

    /// <summary>Files to read instead of generating recordings; both or neither.</summary>
    public (string Train, string Test)? Files { get; init; }
}
