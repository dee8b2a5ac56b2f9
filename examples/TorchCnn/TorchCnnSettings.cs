namespace TorchCnn;

/// <summary>The settings of a run. The defaults apply without arguments.</summary>
public sealed record TorchCnnSettings
{
    /// <summary>The probability that a number (Dropout) or a feature map (SpatialDropout1d) drops.</summary>
    public double Rate { get; init; } = 0.3;

    /// <summary>How often the network sees the training recordings.</summary>
    public int Epochs { get; init; } = 40;

    /// <summary>How many seeds each kind is trained with.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>The folder for the picture; created if it does not exist.</summary>
    public string OutputFolder { get; init; } = Path.Combine("artifacts", "torch-cnn");

    /// <summary>Files to read instead of generating recordings; both or neither.</summary>
    public (string Train, string Test)? Files { get; init; }
}
