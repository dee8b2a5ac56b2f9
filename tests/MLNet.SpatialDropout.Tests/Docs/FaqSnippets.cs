using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The code of docs/faq.md, run as it is printed there, with a check that it does what the answer says.</summary>
[TestClass]
public sealed class FaqSnippets
{
    private const int Steps = 128;
    private const int Channels = 6;
    private const int Rows = 200;

    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void What_the_trainer_reads()
    {
        MLContext mlContext = _mlContext;
        IDataView train = Ones();

        // snippet: seen
        var stage = mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 6,
            DroppedChannels = (1, 1),
        });
        IDataView seen = stage.Fit(train).TransformForTraining(train);    // what a trainer reads
        float[] row = seen.GetColumn<float[]>("Features").First();
        string step = string.Join(' ', row[..6]);                         // one step: the lost channel reads 0 here ...
        string nextStep = string.Join(' ', row[6..12]);                   // ... and here
        // end

        Assert.AreEqual(step, nextStep);
        Assert.HasCount(1, step.Split(' ').Where(value => value == "0"));
    }

    [TestMethod]
    public void The_data_of_an_unfinished_chain()
    {
        MLContext mlContext = _mlContext;
        IDataView train = Ones();

        // snippet: unfinished
        var before = mlContext.Transforms.NormalizeMinMax("Features");
        var stage = mlContext.Transforms.SpatialDropout("Features", channels: 6);

        IDataView view = before.Fit(train).Transform(train);
        var preview = stage.Fit(view).TransformForTraining(view).Preview(maxRows: 5);    // one row and its four copies
        // end

        Assert.HasCount(5, preview.RowView);
        Assert.Throws<InvalidOperationException>(() => before.Append(stage).Preview(train));
    }

    [TestMethod]
    public void Sensors_in_columns_of_their_own()
    {
        MLContext mlContext = _mlContext;
        float[] series = [.. Enumerable.Repeat(1f, Steps)];
        IDataView train = mlContext.Data.LoadFromEnumerable(
            Enumerable.Range(0, Rows).Select(_ => new ThreeSeries { AccX = series, AccY = series, AccZ = series }));

        // snippet: columns
        var pipeline = mlContext.Transforms.Concatenate("Features", "AccX", "AccY", "AccZ")    // three series of 128 readings
            .Append(mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
            {
                OutputColumnName = "Features",
                Channels = 3,
                Layout = ChannelLayout.ChannelsFirst,
                Copies = 4,
                KeepOriginal = true,
            }));
        // end

        IDataView joined = mlContext.Transforms.Concatenate("Features", "AccX", "AccY", "AccZ").Fit(train).Transform(train);
        float[][] rows = Read(mlContext.Data.SpatialDropout(joined, pipeline.Fit(train).LastTransformer.Options));
        Assert.IsTrue(rows.All(row => row.Chunk(Steps).All(channel => channel.Distinct().Count() == 1)));
        Assert.IsTrue(rows.Any(row => row[0] != row[Steps]), "channels drop one by one");
    }

    [TestMethod]
    public void Channels_that_fail_together()
    {
        // snippet: devices
        var devices = new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Shape = [128, 2, 3],
            NoiseShape = [1, 2, 1],
        };
        // end

        float[][] rows = Read(_mlContext.Data.SpatialDropout(Ones(), devices));
        Assert.IsTrue(rows.All(row => row.Chunk(3).All(device => device.Distinct().Count() == 1)));
        Assert.IsTrue(rows.All(row => row.Chunk(6).All(step => step.SequenceEqual(row.Take(6)))));
        Assert.IsTrue(rows.Any(row => row[0] != row[3]), "devices drop one by one");
    }

    [TestMethod]
    public void Stretches_of_time()
    {
        // snippet: gaps
        var gaps = new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Shape = [8, 16, 6],
            NoiseShape = [8, 1, 1],
        };
        // end

        float[][] rows = Read(_mlContext.Data.SpatialDropout(Ones(), gaps));
        Assert.IsTrue(rows.All(row => row.Chunk(16 * Channels).All(window => window.Distinct().Count() == 1)));
        Assert.IsTrue(rows.Any(row => row[0] != row[16 * Channels]), "windows drop one by one");
    }

    [TestMethod]
    public void At_least_two_are_kept()
    {
        // snippet: min_kept
        var atLeastTwo = new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 3,
            Rate = 0.5,
            MinKept = 2,
        };
        // end

        IDataView ones = Ones();
        Assert.AreEqual(2, Read(_mlContext.Data.SpatialDropout(ones, atLeastTwo)).Min(row => row[..3].Sum()));
        Assert.AreEqual(
            0, Read(_mlContext.Data.SpatialDropout(ones, atLeastTwo with { MinKept = 0 })).Min(row => row[..3].Sum()),
            "without MinKept some rows lose everything");
    }

    [TestMethod]
    public void Masks_of_a_seed()
    {
        // snippet: seed
        var fixedMasks = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Rate = 0.3, Seed = 7 };
        // end

        float[][] rows = Read(_mlContext.Data.SpatialDropout(Ones(), fixedMasks));
        float[][] again = Read(new MLContext(2).Data.SpatialDropout(Ones(), fixedMasks));
        float[][] others = Read(_mlContext.Data.SpatialDropout(Ones(), fixedMasks with { Seed = 8 }));
        Assert.IsTrue(rows.Zip(again).All(pair => pair.First.SequenceEqual(pair.Second)));
        Assert.IsFalse(rows.Zip(others).All(pair => pair.First.SequenceEqual(pair.Second)));
    }

    private static float[][] Read(IDataView view) => [.. view.GetColumn<float[]>("Features")];

    private IDataView Ones() => _mlContext.Data.LoadFromEnumerable(
        Enumerable.Range(0, Rows).Select(_ => new Recording { Features = [.. Enumerable.Repeat(1f, Steps * Channels)] }));

    private sealed class Recording
    {
        [VectorType(Steps * Channels)]
        public float[] Features { get; set; } = [];
    }

    private sealed class ThreeSeries
    {
        [VectorType(Steps)]
        public float[] AccX { get; set; } = [];

        [VectorType(Steps)]
        public float[] AccY { get; set; } = [];

        [VectorType(Steps)]
        public float[] AccZ { get; set; } = [];
    }
}
