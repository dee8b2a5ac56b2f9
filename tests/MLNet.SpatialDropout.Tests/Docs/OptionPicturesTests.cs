using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The pictures of docs/options.md: what a view returns for rows of four steps by three channels, 11 to 43, or for rows of
/// several columns. If a picture differs from what the library does, the test prints the right one.
/// </summary>
[TestClass]
public sealed class OptionPicturesTests
{
    private const int Channels = 3;
    private const int Rows = 4;

    private static readonly SpatialDropoutOptions Base =
        new() { OutputColumnName = "Features", Channels = Channels, Rate = 0.5, Seed = 182 };

    private static readonly SpatialDropoutOptions Shaped = Base with { Channels = null };

    private static readonly SpatialDropoutOptions WithoutRate = Base with { Rate = null };

    private static readonly DropoutFill AnyFailure =
        DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing, DropoutFill.LastValue);

    public static IEnumerable<object[]> Pictures() =>
    [
        ["Channels = 3", Base],
        ["Channels = 3, Layout = ChannelsFirst", Base with { Layout = ChannelLayout.ChannelsFirst }],
        ["Groups = [2, 1]", Shaped with { Groups = [2, 1] }],
        ["Groups = [2, 1], Layout = ChannelsFirst", Shaped with { Groups = [2, 1], Layout = ChannelLayout.ChannelsFirst }],
        ["Shape = [2, 2, 3], NoiseShape = [2, 1, 3]", Shaped with { Shape = [2, 2, 3], NoiseShape = [2, 1, 3] }],
        ["PerElement = true", Shaped with { PerElement = true }],
        ["SharedAcrossRows = true", Base with { SharedAcrossRows = true }],
        ["Rate = 0.2", Base with { Rate = 0.2 }],
        ["Rate = 0.8", Base with { Rate = 0.8 }],
        ["Rates = [0, 0.5, 1]", WithoutRate with { Rates = [0, 0.5, 1] }],
        ["DroppedChannels = (1, 2)", WithoutRate with { DroppedChannels = (1, 2) }],
        ["LostChannels = [1]", WithoutRate with { LostChannels = [1] }],
        ["Rate = 0.8, MinKept = 2", Base with { Rate = 0.8, MinKept = 2 }],
        ["RowProbability = 0.5", Base with { RowProbability = 0.5 }],
        ["Scaling = Inverted", Base with { Scaling = DropoutScaling.Inverted }],
        ["Fill = Constant(-1)", Base with { Fill = DropoutFill.Constant(-1) }],
        ["Fill = Missing", Base with { Fill = DropoutFill.Missing }],
        ["Fill = ChannelMean", Base with { Fill = DropoutFill.ChannelMean }],
        ["Fill = PerChannel(0, -40, 999)", Base with { Fill = DropoutFill.PerChannel(0, -40, 999) }],
        ["Fill = LastValue", Base with { Fill = DropoutFill.LastValue }],
        ["Fill = OneOf(Zero, Missing, LastValue)", Base with { Fill = AnyFailure }],
        ["OutageSteps = (1, 3)", Base with { OutageSteps = (1, 3) }],
        ["OutageSteps = (1, 3), Fill = LastValue", Base with { OutageSteps = (1, 3), Fill = DropoutFill.LastValue }],
        ["Copies = 2, KeepOriginal = true", Base with { Copies = 2, KeepOriginal = true }],
        ["MaskKeyColumnName = \"Session\"", Base with { MaskKeyColumnName = "Session" }],
    ];

    [TestMethod]
    [DynamicData(nameof(Pictures))]
    public void Shows_what_is_done(string caption, SpatialDropoutOptions options) => AssertShown(caption, Draw(options));

    [TestMethod]
    public void Shows_columns_that_are_sensors()
    {
        SpatialDropoutOptions options = Shaped with { OutputColumnName = "", Columns = ["A", "B", "C"] };
        IEnumerable<string> lines = ReadWithOriginal<Sensors>(options)
            .Select((row, i) => Columns(i == 0 ? "original" : $"row {i - 1}", Cells(row.A), Cells([row.B]), Cells(row.C)));

        AssertShown("Columns = [\"A\", \"B\", \"C\"]", string.Join('\n', [Columns("", "  A", "  B", "  C"), .. lines]));

        static string Columns(string title, string a, string b, string c) => $"{title,-12}{a,-13}{b,-8}{c}";
    }

    [TestMethod]
    public void Shows_columns_of_the_same_channels()
    {
        SpatialDropoutOptions options = Base with { OutputColumnName = "", Columns = ["Series", "Spectrum"] };
        IEnumerable<string[]> rows = ReadWithOriginal<SeriesAndSpectrum>(options)
            .Select((row, i) => (string[])
            [
                .. Lines(i == 0 ? "original" : $"row {i - 1}", row.Series), .. Lines("", row.Spectrum),
            ]);

        AssertShown("Columns = [\"Series\", \"Spectrum\"], Channels = 3", SideBySide([.. rows]));
    }

    private static void AssertShown(string caption, string drawing)
    {
        string picture = $"{caption}\n\n{drawing}";
        string document = Repository.Read("docs/options.md");
        Assert.IsTrue(document.Contains($"```text\n{picture}\n```"), $"docs/options.md does not show\n{picture}");
    }

    private static string Draw(SpatialDropoutOptions options)
    {
        var mlContext = new MLContext(1);
        Block[] blocks = [.. Enumerable.Range(0, Rows).Select(row => new Block { Session = row / 2 })];
        IDataView view = mlContext.Data.SpatialDropout(mlContext.Data.LoadFromEnumerable(blocks), options);
        List<ViewRow<float>> rows = ViewRow<float>.Read(view);
        int perInput = rows.Count / blocks.Length;

        return SideBySide(
        [
            Lines("original", new Block().Features),
            .. rows.Take(Rows).Select((row, i) => Lines(Title(options, i, perInput), row.Values)),
        ]);
    }

    // The row as it is, and what a view returns for some like it.
    private static IEnumerable<TRow> ReadWithOriginal<TRow>(SpatialDropoutOptions options)
        where TRow : class, new()
    {
        var mlContext = new MLContext(1);
        IDataView source = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(_ => new TRow()));
        IDataView view = mlContext.Data.SpatialDropout(source, options);
        return mlContext.Data.CreateEnumerable<TRow>(view, reuseRowObject: false).Prepend(new TRow());
    }

    private static string Title(SpatialDropoutOptions options, int output, int perInput) =>
        options.MaskKeyColumnName is not null ? $"row {output}, session {output / 2}"
        : perInput == 1 ? $"row {output}"
        : output % perInput == 0 && options.KeepOriginal ? $"row {output / perInput}"
        : $"row {output / perInput}, copy {(output % perInput) - (options.KeepOriginal ? 1 : 0)}";

    private static string SideBySide(IReadOnlyList<string[]> blocks) =>
        string.Join('\n', Enumerable.Range(0, blocks[0].Length).Select(line =>
            string.Concat(blocks.Select(block => block[line].PadRight(18))).TrimEnd()));

    private static string[] Lines(string title, float[] values) => [title, .. values.Chunk(Channels).Select(Cells)];

    private static string Cells(float[] values) => string.Concat(values.Select((value, i) =>
        value.ToString("0.##", CultureInfo.InvariantCulture).PadLeft(i == 0 ? 3 : 5)));

    // The value of channel c at step s is 10 s + c, both counted from 1.
    private static float[] Steps(int first, int count) =>
        [.. Enumerable.Range(0, count * Channels).Select(i => (10f * (first + (i / Channels))) + (i % Channels) + 1)];

    private sealed class Block
    {
        public int Session { get; set; }

        [VectorType(4 * Channels)]
        public float[] Features { get; set; } = Steps(first: 1, count: 4);
    }

    private sealed class Sensors
    {
        [VectorType(2)]
        public float[] A { get; set; } = [11, 12];

        public float B { get; set; } = 21;

        [VectorType(3)]
        public float[] C { get; set; } = [31, 32, 33];
    }

    private sealed class SeriesAndSpectrum
    {
        [VectorType(4 * Channels)]
        public float[] Series { get; set; } = Steps(first: 1, count: 4);

        [VectorType(2 * Channels)]
        public float[] Spectrum { get; set; } = Steps(first: 5, count: 2);
    }
}
