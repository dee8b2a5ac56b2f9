using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Views of recordings, and which channels are lost in them.</summary>
internal static class Recordings
{
    /// <summary>Recordings with a label that a trainer can read.</summary>
    public static IDataView Load(MLContext mlContext, int count = 40)
    {
        IDataView data = mlContext.Data.LoadFromEnumerable(Recording.Generate(count));
        return mlContext.Transforms.Conversion.MapValueToKey("Label", "Activity").Fit(data).Transform(data);
    }

    /// <summary>The recordings that a view by the options shows.</summary>
    public static float[][] DropOut(SpatialDropoutOptions options, int count = 40)
    {
        var mlContext = new MLContext(1);
        return Read(mlContext.Data.SpatialDropout(Load(mlContext, count), options), options.OutputColumnName);
    }

    public static float[][] Read(IDataView view, string column = "Features") => [.. view.GetColumn<float[]>(column)];

    /// <summary>For each channel, whether it is lost: all its steps read 0. A mixture fails.</summary>
    public static bool[] Lost(ReadOnlySpan<float> row)
    {
        var steps = new int[Recording.Channels];
        for (int i = 0; i < row.Length; i++)
            steps[i % Recording.Channels] += row[i] == 0 ? 1 : 0;

        Assert.IsTrue(
            steps.All(count => count is 0 or Recording.Steps), $"lost steps of each channel: {string.Join(' ', steps)}");
        return [.. steps.Select(count => count > 0)];
    }

    public static int CountLost(ReadOnlySpan<float> row) => Lost(row).Count(lost => lost);
}
