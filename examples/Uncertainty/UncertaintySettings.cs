namespace Uncertainty;

/// <summary>The settings of a run. The defaults apply without arguments.</summary>
public sealed record UncertaintySettings
{
    /// <summary>The dropped-out passes over each test recording.</summary>
    public int Passes { get; init; } = 50;

    /// <summary>The probability that a sensor drops, in training and in the passes.</summary>
    public double Rate { get; init; } = 0.3;

    /// <summary>The seed of generated recordings, masks and trainer.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The folder for the picture; created if it does not exist.</summary>
    public string OutputFolder { get; init; } = Path.Combine("artifacts", "uncertainty");

    /// <summary>Files to read instead of generating recordings; both or neither.</summary>
    public (string Train, string Test)? Files { get; init; }
}
