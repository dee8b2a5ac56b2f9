using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A recording of four steps of three sensors, in the types that columns can have.</summary>
internal sealed class SensorRow
{
    public const int Steps = 4;
    public const int Sensors = 3;
    public const int Length = Steps * Sensors;

    public int Number { get; set; }

    public string Class { get; set; } = "";

    public bool IsFast { get; set; }

    [VectorType(Length)]
    public float[] Features { get; set; } = [];

    [VectorType(Length)]
    public double[] Doubles { get; set; } = [];

    /// <summary>Recordings of three classes. Every sensor shows the class, and the first shows it most clearly.</summary>
    public static SensorRow[] Generate(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => Generate(number, random))];
    }

    private static SensorRow Generate(int number, Random random)
    {
        int kind = number % 3;
        float[] features = [.. Enumerable.Range(0, Length).Select(i =>
            (kind * (i % Sensors == 0 ? 2f : 0.7f)) + (0.5f * random.NextSingle()) + ((i / Sensors) * 0.1f))];
        return new SensorRow
        {
            Number = number,
            Class = $"class {kind}",
            IsFast = kind == 2,
            Features = features,
            Doubles = [.. features.Select(value => value * 10.0)],
        };
    }
}
