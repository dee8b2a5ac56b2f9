namespace AutoML;

/// <summary>The settings of a run. The defaults apply without arguments.</summary>
public sealed record AutoMLSettings
{
    /// <summary>The stages that the search tries.</summary>
    public int Trials { get; init; } = 20;

    /// <summary>The models that each of the other experiments tries.</summary>
    public int Models { get; init; } = 8;

    /// <summary>The time that each of them has at most.</summary>
    public int Seconds { get; init; } = 20;

    /// <summary>The seed of recordings, masks, trainers and tuners, as far as AutoML allows.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Files to read instead of generating recordings; both or neither.</summary>
    public (string Train, string Test)? Files { get; init; }
}
