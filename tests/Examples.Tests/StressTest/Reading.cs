using Microsoft.ML.Data;

namespace StressTest.Tests;

/// <summary>One recording of four sensors, with its label as a class, as yes or no, and as a number.</summary>
internal sealed class Reading
{
    public string Activity { get; set; } = "";

    public bool IsHigh { get; set; }

    public float Amount { get; set; }

    [VectorType(Readings.Channels * Readings.Steps)]
    public float[] Features { get; set; } = [];
}
