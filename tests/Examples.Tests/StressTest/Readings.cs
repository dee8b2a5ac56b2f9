using Microsoft.ML;
using MLNet.SpatialDropout;

namespace StressTest.Tests;

/// <summary>Recordings in which one sensor determines every label, and the others are noise.</summary>
internal static class Readings
{
    public const int Channels = 4;
    public const int Steps = 5;

    /// <summary>The sensor, counted from 0.</summary>
    public const int Telling = 2;

    public static IReadOnlyList<Reading> Make(int seed, ChannelLayout layout = ChannelLayout.ChannelsLast)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 120).Select(_ => Make(random, layout))];
    }

    /// <summary>Saves rows as the example reads them.</summary>
    public static string Save(MLContext mlContext, IDataView data, string path)
    {
        using FileStream stream = File.Create(path);
        mlContext.Data.SaveAsBinary(data, stream);
        return path;
    }

    private static Reading Make(Random random, ChannelLayout layout)
    {
        float truth = random.Next(3) + 1;
        float[] features = new float[Channels * Steps];
        for (int i = 0; i < features.Length; i++)
        {
            int channel = layout == ChannelLayout.ChannelsLast ? i % Channels : i / Steps;
            features[i] = (channel == Telling ? truth : 0) + (0.2f * (random.NextSingle() - 0.5f));
        }

        return new Reading { Activity = $"activity{truth}", IsHigh = truth > 1, Amount = truth, Features = features };
    }
}
