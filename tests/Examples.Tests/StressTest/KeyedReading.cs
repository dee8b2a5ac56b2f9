using Microsoft.ML.Data;

namespace StressTest.Tests;

/// <summary>A recording whose label is the number of a class.</summary>
internal sealed class KeyedReading
{
    [KeyType(3)]
    public uint Class { get; set; }

    [VectorType(Readings.Channels * Readings.Steps)]
    public float[] Features { get; set; } = [];
}
