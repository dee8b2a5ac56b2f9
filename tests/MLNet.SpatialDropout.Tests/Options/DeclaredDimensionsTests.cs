using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A column that declares its dimensions needs no layout, and a layout that contradicts them is refused.</summary>
[TestClass]
public sealed class DeclaredDimensionsTests
{
    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    [DataRow(ChannelLayout.ChannelsLast, 6)]
    [DataRow(ChannelLayout.ChannelsFirst, 4)]
    public void Two_dimensions_give_the_channels(ChannelLayout layout, int channels)
    {
        IDataView data = Data(4, 6);
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Layout = layout, Seed = 3 };

        ViewRow<float>.AreEqual(
            ViewRow<float>.Read(_mlContext.Data.SpatialDropout(data, options with { Channels = channels })),
            ViewRow<float>.Read(_mlContext.Data.SpatialDropout(data, options)));
        Assert.AreEqual(channels, _mlContext.Transforms.SpatialDropout(options).Fit(data).Plan.MaskLength);
        if (layout == ChannelLayout.ChannelsLast)
            Assert.AreEqual(channels, _mlContext.Transforms.SpatialDropout("Features").Fit(data).Plan.MaskLength);
    }

    [TestMethod]
    public void Options_that_need_the_channels_are_checked_against_the_dimensions()
    {
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", MinKept = 7 };

        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.Data.SpatialDropout(Data(4, 6), options)).Message,
            "MinKept must be at most the 6 channels of a row, but is 7.");
    }

    [TestMethod]
    public void Fitted_channels_are_not_those_of_other_dimensions()
    {
        SpatialDropoutTransformer stage = _mlContext.Transforms.SpatialDropout("Features").Fit(Data(4, 6));

        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => stage.Transform(Data(8, 3))).Message,
            "Schema mismatch for column 'Features': expected 6 channels, as fitted, got 3 channels by its declared dimensions.");
    }

    [TestMethod]
    [DataRow(new[] { 24 })]
    [DataRow(new[] { 2, 2, 6 })]
    public void Other_numbers_of_dimensions_give_no_channels(int[] dimensions)
    {
        IDataView data = Data(dimensions);
        foreach (Action use in new Action[]
        {
            () => _mlContext.Transforms.SpatialDropout("Features").Fit(data),
            () => _mlContext.Data.SpatialDropout(data, new SpatialDropoutOptions { OutputColumnName = "Features" }),
        })
        {
            StringAssert.StartsWith(
                Assert.ThrowsExactly<ArgumentException>(use).Message,
                "Channels, Groups and Shape are null, PerElement is false, and column 'Features' of type Vector<Single, "
                    + $"{string.Join(", ", dimensions)}> does not declare two dimensions, such as Vector<Single, 128, 6>. Set exactly");
        }
    }

    [TestMethod]
    [DataRow(
        new[] { 4, 6 }, 4, ChannelLayout.ChannelsLast,
        "Channels is 4 with Layout ChannelsLast, which lays out a row as [6, 4], but column 'Features' declares the dimensions [4, 6].")]
    [DataRow(
        new[] { 4, 6 }, 6, ChannelLayout.ChannelsFirst,
        "Channels is 6 with Layout ChannelsFirst, which lays out a row as [6, 4], but column 'Features' declares the dimensions [4, 6].")]
    [DataRow(
        new[] { 3, 8, 8 }, 3, ChannelLayout.ChannelsLast,
        "Channels is 3 with Layout ChannelsLast, which lays out a row as [64, 3], but column 'Features' declares the dimensions")]
    [DataRow(new[] { 4, 6 }, 3, ChannelLayout.ChannelsLast, "Channels is 3 with Layout ChannelsLast")]
    public void A_layout_that_contradicts_the_dimensions_is_refused(
        int[] dimensions, int channels, ChannelLayout layout, string message) => Refused(
            Data(dimensions), new() { OutputColumnName = "Features", Channels = channels, Layout = layout }, message);

    [TestMethod]
    public void Groups_and_shapes_that_contradict_the_dimensions_are_refused()
    {
        Refused(
            Data(4, 6), new() { OutputColumnName = "Features", Groups = [3, 1] },
            "Groups is [3, 1] with Layout ChannelsLast, which lays out a row as [6, 4], but column 'Features' declares");
        Refused(
            Data(3, 8, 8), new() { OutputColumnName = "Features", Shape = [8, 8, 3], NoiseShape = [1, 1, 3] },
            "Shape is [8, 8, 3], which lays out a row as [8, 8, 3], but column 'Features' declares the dimensions [3, 8, 8]."
                + " Change Shape so that they agree.");
        Refused(
            Data(4, 6), new() { Columns = ["Features"], Channels = 4 },
            "Channels is 4 with Layout ChannelsLast, which lays out a row as [6, 4], but column 'Features' declares");
    }

    [TestMethod]
    [DataRow(new[] { 3, 8, 8 }, new[] { 3, 8, 8 })]
    [DataRow(new[] { 3, 8, 8 }, new[] { 3, 64 })]
    [DataRow(new[] { 3, 64 }, new[] { 3, 8, 8 })]
    [DataRow(new[] { 16, 6 }, new[] { 4, 4, 6 })]
    [DataRow(new[] { 16, 1, 6 }, new[] { 16, 6 })]
    [DataRow(new[] { 24 }, new[] { 2, 12 })]
    public void Shapes_that_split_or_join_axes_agree(int[] dimensions, int[] shape) => Assert.IsNotNull(
        _mlContext.Data.SpatialDropout(
            Data(dimensions), new SpatialDropoutOptions { OutputColumnName = "Features", Shape = shape }));

    [TestMethod]
    public void Channels_that_agree_with_the_dimensions_are_taken()
    {
        foreach ((int[] dimensions, int channels, ChannelLayout layout) in new[]
        {
            (new[] { 4, 6 }, 6, ChannelLayout.ChannelsLast),
            ([4, 6], 4, ChannelLayout.ChannelsFirst),
            ([8, 8, 3], 3, ChannelLayout.ChannelsLast),
            ([3, 8, 8], 3, ChannelLayout.ChannelsFirst),
            ([4, 6], 24, ChannelLayout.ChannelsLast),
            ([4, 6], 1, ChannelLayout.ChannelsLast),
            ([24], 3, ChannelLayout.ChannelsLast),
        })
        {
            Assert.IsNotNull(_mlContext.Data.SpatialDropout(
                Data(dimensions),
                new SpatialDropoutOptions { OutputColumnName = "Features", Channels = channels, Layout = layout }));
        }

        Assert.IsNotNull(_mlContext.Transforms.Dropout("Features").Fit(Data(4, 6)), "plain dropout has no layout");
        Assert.IsNotNull(_mlContext.Transforms.SpatialDropout(["Features"]).Fit(Data(4, 6)), "the column is one sensor");
    }

    private void Refused(IDataView data, SpatialDropoutOptions options, string message)
    {
        foreach (Action use in new Action[]
        {
            () => _mlContext.Transforms.SpatialDropout(options).Fit(data), () => _mlContext.Data.SpatialDropout(data, options),
        })
        {
            StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentOutOfRangeException>(use).Message, message);
        }
    }

    private IDataView Data(params int[] dimensions)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        int length = dimensions.Aggregate(1, (product, size) => product * size);
        return _mlContext.Data.LoadFromEnumerable(
            Enumerable.Range(1, 5).Select(row => new Row { Features = [.. Enumerable.Repeat((float)row, length)] }), schema);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }
}
