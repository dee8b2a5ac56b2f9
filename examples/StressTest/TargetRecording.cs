namespace StressTest;

/// <summary>A recording with the number that a regression predicts.</summary>
internal sealed class TargetRecording
{
    /// <summary>The number; NaN if it is missing.</summary>
    public float Label { get; set; }

    /// <summary>[time, channels].</summary>
    public float[] Features { get; set; } = [];
}
