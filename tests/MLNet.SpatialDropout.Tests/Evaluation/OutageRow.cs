using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// A row for each of the four tasks: four steps of three sensors, and the same kind of readings in columns of their own.
/// </summary>
internal sealed class OutageRow
{
    public const int Steps = 4;
    public const int Sensors = 3;
    public const int Length = Steps * Sensors;

    private static readonly float[] Weights = [1, 0.6f, 0.3f];

    public int Number { get; set; }

    public string Session { get; set; } = "";

    public string Class { get; set; } = "";

    public bool IsFast { get; set; }

    public float Target { get; set; }

    public float Relevance { get; set; }

    [KeyType(20)]
    public uint GroupId { get; set; }

    [VectorType(Length)]
    public float[] Features { get; set; } = [];

    [VectorType(3)]
    public float[] Acc { get; set; } = [];

    [VectorType(3)]
    public float[] Gyro { get; set; } = [];

    [VectorType(6)]
    public float[] Spectrum { get; set; } = [];

    public float Temperature { get; set; }

    /// <summary>Rows of three classes in turns. The first sensor shows the class most clearly, the last one least.</summary>
    public static OutageRow[] Generate(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => Generate(number, random))];
    }

    public OutageRow Copy()
    {
        var copy = (OutageRow)MemberwiseClone();
        copy.Features = [.. Features];
        copy.Acc = [.. Acc];
        copy.Gyro = [.. Gyro];
        copy.Spectrum = [.. Spectrum];
        return copy;
    }

    private static OutageRow Generate(int number, Random random)
    {
        int kind = random.Next(3);
        float Read(int sensor) => 1 + (kind * Weights[sensor]) + (3 * random.NextSingle());
        float[] ReadAll(int length) => [.. Enumerable.Range(0, length).Select(i => Read(i % Sensors))];
        return new OutageRow
        {
            Number = number,
            Session = $"session {number / 3}",
            Class = $"class {kind}",
            IsFast = kind == 2,
            Target = (2 * kind) + random.NextSingle(),
            Relevance = kind,
            GroupId = (uint)(1 + (number / 6)),
            Features = ReadAll(Length),
            Acc = ReadAll(3),
            Gyro = ReadAll(3),
            Spectrum = ReadAll(6),
            Temperature = Read(1),
        };
    }
}
