using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The data of the examples with columns: three sensors, one column each, none of which reads 0.</summary>
internal sealed class SensorColumns
{
    public string Activity { get; set; } = "";

    [VectorType(9)]
    public float[] Acceleration { get; set; } = [];

    [VectorType(6)]
    public float[] Rotation { get; set; } = [];

    public float Temperature { get; set; }

    /// <summary>For each column, the share of its values that are 0.</summary>
    public double[] Lost => [Acceleration.Average(Zero), Rotation.Average(Zero), Zero(Temperature)];

    /// <summary>Rows of two activities in turns.</summary>
    public static SensorColumns[] Generate(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i => new SensorColumns
        {
            Activity = i % 2 == 0 ? "walking" : "running",
            Acceleration = [.. Enumerable.Range(0, 9).Select(_ => 1 + (i % 2) + random.NextSingle())],
            Rotation = [.. Enumerable.Range(0, 6).Select(_ => 1 + (i % 2) + random.NextSingle())],
            Temperature = 1 + (i % 2) + random.NextSingle(),
        })];
    }

    private static double Zero(float value) => value == 0 ? 1 : 0;
}
