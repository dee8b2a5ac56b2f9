using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The examples in the documentation of <see cref="SpatialDropoutOptions"/>; see <see cref="PublicApiTests"/>.</summary>
[TestClass]
public sealed class OptionExamples
{
    private static readonly SpatialDropoutOptions Basis = new()
    {
        OutputColumnName = "Features",
        Channels = 6,
        Scaling = DropoutScaling.None,
        Seed = 1,
    };

    [TestMethod]
    public void Options()
    {
        // snippet: options_vary
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Rate = 0.3, Copies = 4 };
        var harsher = options with { Rate = 0.5 };
        // end

        Assert.AreEqual(options, harsher with { Rate = 0.3 });
    }

    [TestMethod]
    public void DefaultRate()
    {
        var mlContext = new MLContext(seed: 1);
        double? configured = null;

        // snippet: options_default_rate
        double rate = configured ?? SpatialDropoutOptions.DefaultRate;
        var stage = mlContext.Transforms.SpatialDropout("Features", channels: 6, rate: rate);
        // end

        Assert.AreEqual(0.5, stage.Options.Rate);
    }

    [TestMethod]
    public void OutputColumnName()
    {
        // snippet: options_output_column
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6 };   // "Features" itself drops
        // end

        Assert.IsTrue(Recordings.DropOut(options).Any(row => Recordings.CountLost(row) > 0));
    }

    [TestMethod]
    public void InputColumnName()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = Recordings.Load(mlContext);

        // snippet: options_input_column
        // "Features" stays as it is, and "Dropped" is its dropped-out copy.
        var options = new SpatialDropoutOptions { OutputColumnName = "Dropped", InputColumnName = "Features", Channels = 6 };
        // end

        IDataView view = mlContext.Data.SpatialDropout(data, options);
        CollectionAssert.AreEqual(Recordings.Read(data)[0], Recordings.Read(view)[0]);
        Assert.IsTrue(Recordings.Read(view, "Dropped").Any(row => Recordings.CountLost(row) > 0));
    }

    [TestMethod]
    public void Channels()
    {
        // snippet: options_channels
        var options = new SpatialDropoutOptions { Channels = 6, Seed = 7 };
        ValueList<int> shape = DropoutPlan.Create(options, length: 768).Shape;   // [128, 6]: the length says how many steps
        // end

        Assert.AreEqual(ValueList.Create(128, 6), shape);
    }

    [TestMethod]
    public void Layout()
    {
        // snippet: options_layout
        // 128 values of the first sensor, then 128 of the second, and so on.
        var options = new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 6,
            Layout = ChannelLayout.ChannelsFirst,
        };
        // end

        Assert.IsTrue(Recordings.DropOut(options).Any(row =>
            Recordings.Lost(row, _ => 0, ChannelLayout.ChannelsFirst).Contains(true)));
    }

    [TestMethod]
    public void Shape()
    {
        // snippet: options_shape
        // Images of 16 x 16 pixels with 8 values each, which are lost one by one over the whole image.
        var options = new SpatialDropoutOptions { OutputColumnName = "Pixels", Shape = [16, 16, 8], NoiseShape = [1, 1, 8] };
        // end

        var plan = DropoutPlan.Create(options with { Seed = 1 }, 16 * 16 * 8);
        float[] image = Enumerable.Repeat(1f, plan.Length).ToArray();
        plan.Apply(new MaskKey(1), image, image);
        Assert.AreEqual(8, plan.CoinCount);
        Assert.IsTrue(Enumerable.Range(0, plan.Length).All(i => image[i] == image[i % 8]));
        Assert.HasCount(2, image.Distinct().ToArray());
    }

    [TestMethod]
    public void NoiseShape()
    {
        // snippet: options_noise_shape
        // Four windows of 32 steps: a sensor may fail in one and be back in the next.
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Shape = [4, 32, 6], NoiseShape = [4, 1, 6] };
        // end

        bool[] firstSensor = [.. Recordings.DropOut(options)[0].Where((_, i) => i % 6 == 0).Select(value => value == 0)];
        bool[][] windows = [.. firstSensor.Chunk(32)];
        Assert.IsTrue(windows.All(window => window.Distinct().Count() == 1));
        Assert.HasCount(2, firstSensor.Distinct().ToArray());
    }

    [TestMethod]
    public void PerElement()
    {
        // snippet: options_per_element
        // Plain dropout, as mlContext.Transforms.Dropout has it, with four copies of each row.
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", PerElement = true, Copies = 4 };
        // end

        float[][] rows = Recordings.DropOut(options);
        Assert.HasCount(4 * 40, rows);
        Assert.ThrowsExactly<AssertFailedException>(() => Recordings.Lost(rows[0]));
    }

    [TestMethod]
    public void SharedAcrossRows()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView test = Recordings.Load(mlContext);
        SpatialDropoutOptions options = Basis;

        // snippet: options_shared
        // All rows lose the same sensors, and read no higher for it.
        var oneOutage = options with { SharedAcrossRows = true, Scaling = DropoutScaling.None };
        IDataView outage = mlContext.Data.SpatialDropout(test, oneOutage);
        // end

        Assert.HasCount(1, Recordings.Read(outage).Select(row => string.Join(' ', Recordings.Lost(row))).Distinct().ToArray());
    }

    [TestMethod]
    public void Rate()
    {
        // snippet: options_rate
        // Each of the six is lost in three rows of ten.
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Rate = 0.3 };
        // end

        bool[][] lost = [.. Recordings.DropOut(options, count: 2000).Select(row => Recordings.Lost(row))];
        for (int channel = 0; channel < 6; channel++)
            Assert.AreEqual(0.3, lost.Count(row => row[channel]) / 2000.0, 0.05);
    }

    [TestMethod]
    public void Rates()
    {
        SpatialDropoutOptions options = Basis with { Rate = 0.3 };

        // snippet: options_channel_rates
        // Instead of Rate: channel 0 never drops.
        var oneIsSafe = options with { Rate = null, Rates = [0, 0.3, 0.3, 0.3, 0.3, 0.3] };
        // end

        bool[][] lost = [.. Recordings.DropOut(oneIsSafe, count: 100).Select(row => Recordings.Lost(row))];
        for (int channel = 0; channel < 6; channel++)
            Assert.AreEqual(channel > 0, lost.Any(row => row[channel]));
    }

    [TestMethod]
    public void DroppedChannels()
    {
        SpatialDropoutOptions options = Basis with { Rate = 0.3 };

        // snippet: options_dropped_channels
        // Instead of Rate: each row loses one channel or two.
        var oneOrTwo = options with { Rate = null, DroppedChannels = (1, 2) };
        // end

        CollectionAssert.AreEquivalent(
            new[] { 1, 2 }, Recordings.DropOut(oneOrTwo).Select(row => Recordings.CountLost(row)).Distinct().ToArray());
    }

    [TestMethod]
    public void MinKept()
    {
        SpatialDropoutOptions options = Basis;

        // snippet: options_min_kept
        var harsh = options with { Rate = 0.8, MinKept = 2, Scaling = DropoutScaling.None };   // four of six drop at most
        // end

        Assert.AreEqual(4, Recordings.DropOut(harsh).Max(row => Recordings.CountLost(row)));
        Assert.AreEqual(6, Recordings.DropOut(harsh with { MinKept = 0 }).Max(row => Recordings.CountLost(row)));
    }

    [TestMethod]
    public void RowProbability()
    {
        SpatialDropoutOptions options = Basis with { Scaling = null };

        // snippet: options_row_probability
        var sparing = options with { RowProbability = 0.5 };   // about every second row stays as it is, unscaled
        // end

        var mlContext = new MLContext(1);
        float[][] rows = Recordings.Read(Recordings.Load(mlContext, count: 1000));
        Assert.AreEqual(
            0.5, Recordings.DropOut(sparing, count: 1000).Where((row, i) => row.SequenceEqual(rows[i])).Count() / 1000.0, 0.05);
    }

    [TestMethod]
    public void Scaling()
    {
        // snippet: options_scaling
        // A sensor that survives reads no higher than before.
        var options = new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 6,
            Scaling = DropoutScaling.None,
        };
        // end

        float[][] rows = Recordings.Read(Recordings.Load(new MLContext(1)));
        float[][] dropped = Recordings.DropOut(options);
        Assert.IsTrue(dropped.Zip(rows).All(pair => pair.First.Zip(pair.Second).All(value =>
            value.First == 0 || value.First == value.Second)));
    }

    [TestMethod]
    public void Fill()
    {
        SpatialDropoutOptions options = Basis;

        // snippet: options_fill
        var minusOne = options with { Fill = DropoutFill.Constant(-1) };   // a lost sensor reads -1
        // end

        Assert.IsTrue(Recordings.DropOut(minusOne).Any(row => Recordings.Lost(row, -1).Contains(true)));
    }

    [TestMethod]
    public void Copies()
    {
        SpatialDropoutOptions options = Basis;

        // snippet: options_copies
        var four = options with { Copies = 4 };   // four rows for each that comes in, each with its own losses
        // end

        string[] losses = [.. Recordings.DropOut(four).Take(4).Select(row => string.Join(' ', Recordings.Lost(row)))];
        Assert.HasCount(4 * 40, Recordings.DropOut(four));
        Assert.IsGreaterThan(1, losses.Distinct().Count());
    }

    [TestMethod]
    public void KeepOriginal()
    {
        SpatialDropoutOptions options = Basis;

        // snippet: options_keep_original
        var five = options with { Copies = 4, KeepOriginal = true };   // the row as it came in, then four with losses
        // end

        float[][] rows = Recordings.DropOut(five);
        Assert.HasCount(5 * 40, rows);
        CollectionAssert.AreEqual(Recordings.Read(Recordings.Load(new MLContext(1)))[1], rows[5]);
        Assert.IsGreaterThan(0, rows[6..10].Max(row => Recordings.CountLost(row)));
    }

    [TestMethod]
    public void MaskKeyColumnName()
    {
        SpatialDropoutOptions options = Basis;

        // snippet: options_mask_key
        var bySession = options with { MaskKeyColumnName = "Session" };   // rows of one session lose the same sensors
        // end

        string[] losses = [.. Recordings.DropOut(bySession).Select(row => string.Join(' ', Recordings.Lost(row)))];
        Assert.IsTrue(losses.Chunk(2).All(session => session[0] == session[1]));
        Assert.IsGreaterThan(1, losses.Distinct().Count());
    }

    [TestMethod]
    public void Seed()
    {
        SpatialDropoutOptions options = Basis;
        IDataView data = Recordings.Load(new MLContext(1));

        // snippet: options_seed
        var repeatable = options with { Seed = 7 };   // the same losses in every run, whatever the MLContext's seed
        // end

        float[][] first = Recordings.Read(new MLContext(1).Data.SpatialDropout(data, repeatable));
        float[][] second = Recordings.Read(new MLContext(2).Data.SpatialDropout(data, repeatable));
        CollectionAssert.AreEqual(first.SelectMany(row => row).ToArray(), second.SelectMany(row => row).ToArray());
    }

    [TestMethod]
    public void Text()
    {
        // snippet: options_text
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Copies = 4, KeepOriginal = true };
        Console.WriteLine(options);
        // SpatialDropoutOptions { OutputColumnName = Features, Channels = 6, Copies = 4, KeepOriginal = True }
        // end

        Assert.AreEqual(
            "SpatialDropoutOptions { OutputColumnName = Features, Channels = 6, Copies = 4, KeepOriginal = True }",
            options.ToString());
    }
}
