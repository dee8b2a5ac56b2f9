using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>One noisy reading of six sensors. All show the level, and the first shows it most clearly.</summary>
internal sealed class Reading
{
    public const int Sensors = 6;

    /// <summary>0, 1 or 2.</summary>
    public float Level { get; set; }

    public bool Label { get; set; }

    /// <summary>The query of the row, for ranking.</summary>
    public int Query { get; set; }

    [VectorType(Sensors)]
    public float[] Features { get; set; } = [];

    public static Reading[] Generate(int count, int seed, int rowsPerQuery = 10)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            int level = random.Next(3);
            return new Reading
            {
                Level = level,
                Label = level == 2,
                Query = number / rowsPerQuery,
                Features =
                [
                    .. Enumerable.Range(0, Sensors)
                        .Select(sensor => (level * (sensor == 0 ? 2.5f : 0.8f)) + Noise(random)),
                ],
            };
        })];
    }

    // Nearly a normal distribution of deviation 1.
    private static float Noise(Random random) => Enumerable.Range(0, 12).Sum(_ => random.NextSingle()) - 6;
}
