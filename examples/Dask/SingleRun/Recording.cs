using Microsoft.ML.Data;

namespace SingleRun;

/// <summary>A recording in the shape that ML.NET reads: its properties are the columns.</summary>
public sealed class Recording
{
    public const int Steps = 128;
    public const int Channels = 6;
    public const int Length = Steps * Channels;

    /// <summary>The name, the same wherever the recording lies. Not in ASCII alone, as names of users are not.</summary>
    public string Key { get; init; } = "";

    /// <summary>[time, channels]: the readings of all channels at the first step, then at the second.</summary>
    [VectorType(Length)]
    public float[] Features { get; init; } = [];

    /// <summary>Generates recordings. Each depends on its number alone, so that nobody has to hold all of them.</summary>
    public static IEnumerable<Recording> Generate(int count, int seed) =>
        Enumerable.Range(0, count).Select(number => Generate(number, new Random(unchecked((seed * 1_000_003) + number))));

    private static Recording Generate(int number, Random random)
    {
        float[] features = new float[Length];
        for (int channel = 0; channel < Channels; channel++)
        {
            float level = random.NextSingle() * 20;
            for (int step = 0; step < Steps; step++)
                features[(step * Channels) + channel] = level += random.NextSingle() - 0.5f;
        }

        return new Recording { Key = $"séance {number:D6}", Features = features };
    }
}
