using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The data of the API documentation's examples: 128 steps of six sensors, none of which reads 0.</summary>
internal sealed class Recording
{
    public const int Steps = 128;
    public const int Channels = 6;
    public const int Length = Steps * Channels;

    public string Activity { get; set; } = "";

    public string Session { get; set; } = "";

    public long Number { get; set; }

    public bool IsWalking => Activity == "walking";

    [VectorType(Length)]
    public float[] Features { get; set; } = [];

    /// <summary>Recordings of two activities in turns; each two in a row are of one session.</summary>
    public static Recording[] Generate(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i => new Recording
        {
            Activity = i % 2 == 0 ? "walking" : "running",
            Session = $"session {i / 2}",
            Number = i / 2,
            Features = [.. Enumerable.Range(0, Length).Select(_ => 1 + (i % 2) + random.NextSingle())],
        })];
    }
}
