using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The pictures of docs/options.md: what a view returns for rows of four steps by three channels, 11 to 43. If a picture
/// differs from what the library does, the test prints the right one.
/// </summary>
[TestClass]
public sealed class OptionPicturesTests
{
    private const int Steps = 4;
    private const int Channels = 3;

    private static readonly SpatialDropoutOptions Base =
        new() { OutputColumnName = "Features", Channels = Channels, Rate = 0.5, Seed = 182 };

    private static readonly SpatialDropoutOptions Shaped = Base with { Channels = null };

    private static readonly SpatialDropoutOptions WithoutRate = Base with { Rate = null };

    public static IEnumerable<object[]> Pictures() =>
    [
        ["Channels = 3", Base],
        ["Channels = 3, Layout = ChannelsFirst", Base with { Layout = ChannelLayout.ChannelsFirst }],
        ["Shape = [2, 2, 3], NoiseShape = [2, 1, 3]", Shaped with { Shape = [2, 2, 3], NoiseShape = [2, 1, 3] }],
        ["PerElement = true", Shaped with { PerElement = true }],
        ["SharedAcrossRows = true", Base with { SharedAcrossRows = true }],
        ["Rate = 0.2", Base with { Rate = 0.2 }],
        ["Rate = 0.8", Base with { Rate = 0.8 }],
        ["Rates = [0, 0.5, 1]", WithoutRate with { Rates = [0, 0.5, 1] }],
        ["DroppedChannels = (1, 2)", WithoutRate with { DroppedChannels = (1, 2) }],
        ["Rate = 0.8, MinKept = 2", Base with { Rate = 0.8, MinKept = 2 }],
        ["RowProbability = 0.5", Base with { RowProbability = 0.5 }],
        ["Scaling = Inverted", Base with { Scaling = DropoutScaling.Inverted }],
        ["Fill = Constant(-1)", Base with { Fill = DropoutFill.Constant(-1) }],
        ["Fill = Missing", Base with { Fill = DropoutFill.Missing }],
        ["Fill = ChannelMean", Base with { Fill = DropoutFill.ChannelMean }],
        ["Copies = 2, KeepOriginal = true", Base with { Copies = 2, KeepOriginal = true }],
        ["MaskKeyColumnName = \"Session\"", Base with { MaskKeyColumnName = "Session" }],
    ];

    [TestMethod]
    [DynamicData(nameof(Pictures))]
    public void Shows_what_is_done(string caption, SpatialDropoutOptions options)
    {
        string picture = $"{caption}\n\n{Draw(options)}";

        string document = Repository.Read("docs/options.md");
        Assert.IsTrue(document.Contains($"```text\n{picture}\n```"), $"docs/options.md does not show\n{picture}");
    }

    private static string Draw(SpatialDropoutOptions options)
    {
        var mlContext = new MLContext(1);
        Block[] blocks = [.. Enumerable.Range(0, 4).Select(row => new Block { Session = row / 2 })];
        IDataView view = mlContext.Data.SpatialDropout(mlContext.Data.LoadFromEnumerable(blocks), options);
        List<ViewRow<float>> rows = ViewRow<float>.Read(view);
        int perInput = rows.Count / blocks.Length;

        List<string[]> columns = [Lines("original", new Block().Features)];
        columns.AddRange(rows.Take(4).Select((row, i) => Lines(Title(options, i, perInput), row.Values)));
        return string.Join('\n', Enumerable.Range(0, Steps + 1).Select(line =>
            string.Concat(columns.Select(column => column[line].PadRight(18))).TrimEnd()));
    }

    private static string Title(SpatialDropoutOptions options, int output, int perInput) =>
        options.MaskKeyColumnName is not null ? $"row {output}, session {output / 2}"
        : perInput == 1 ? $"row {output}"
        : output % perInput == 0 && options.KeepOriginal ? $"row {output / perInput}"
        : $"row {output / perInput}, copy {(output % perInput) - (options.KeepOriginal ? 1 : 0)}";

    private static string[] Lines(string title, float[] values) =>
        [title, .. Enumerable.Range(0, Steps).Select(step => string.Concat(Enumerable.Range(0, Channels).Select(channel =>
            values[(step * Channels) + channel].ToString("0.##", CultureInfo.InvariantCulture).PadLeft(channel == 0 ? 3 : 5))))];

    private sealed class Block
    {
        public int Session { get; set; }

        [VectorType(Steps * Channels)]
        public float[] Features { get; set; } =
            [.. Enumerable.Range(0, Steps * Channels).Select(i => (10f * ((i / Channels) + 1)) + (i % Channels) + 1)];
    }
}
