namespace Uncertainty;

/// <summary>What the command line asks for; the defaults are what it does without arguments.</summary>
public sealed record UncertaintySettings
{
    /// <summary>The dropped-out passes over each test recording.</summary>
    public int Passes { get; init; } = 50;

    /// <summary>The probability that a sensor drops, in training and in the passes.</summary>
    public double Rate { get; init; } = 0.3;

    /// <summary>What all randomness follows from: generated recordings, masks and trainer.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The folder for the picture; made if it is not there.</summary>
    public string OutputFolder { get; init; } = Path.Combine("artifacts", "uncertainty");

    /// <summary>Files to read instead of generating recordings; both or neither.</summary>
    public (string Train, string Test)? Files { get; init; }
}
