using Microsoft.ML.Data;

namespace StressTest.Tests;

/// <summary>One row of a group that a model ranks.</summary>
internal sealed class GroupedReading
{
    public string GroupId { get; set; } = "";

    public float Amount { get; set; }

    [VectorType(Readings.Channels * Readings.Steps)]
    public float[] Features { get; set; } = [];
}
