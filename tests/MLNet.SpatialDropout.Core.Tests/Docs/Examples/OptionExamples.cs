namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The examples in the documentation of <see cref="DropoutOptions"/> and of what they are made of; see
/// <see cref="PublicApiTests"/>.
/// </summary>
[TestClass]
public sealed class OptionExamples
{
    private static readonly DropoutOptions Basis = new() { Channels = 6, Seed = 1 };

    // Twenty rows of 2 steps of 6 channels, none of which reads 0.
    private static readonly float[] Rows = [.. Enumerable.Range(1, 20 * 12)];

    [TestMethod]
    public void Options()
    {
        // snippet: options
        var options = new DropoutOptions { Channels = 6, Rate = 0.3, Seed = 7 };
        var harsher = options with { Rate = 0.5 };
        // end

        Assert.AreEqual(new DropoutOptions { Channels = 6, Rate = 0.5, Seed = 7 }, harsher);
        Assert.AreEqual(0.3, options.Rate);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Layout(bool isSeriesAfterSeries)
    {
        DropoutOptions options = Basis;

        // snippet: layout
        var laidOut = options with
        {
            Layout = isSeriesAfterSeries ? ChannelLayout.ChannelsFirst : ChannelLayout.ChannelsLast,
        };
        // end

        var plan = DropoutPlan.Create(laidOut, length: 12);
        var keep = new bool[6];
        float[] dropped = DropOut(laidOut);
        Assert.Contains(0, dropped);
        for (int i = 0; i < dropped.Length; i++)
        {
            plan.DrawMask(new MaskKey((ulong)i / 12), keep);
            Assert.AreEqual(keep[isSeriesAfterSeries ? i % 12 / 2 : i % 6], dropped[i] != 0);
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Scaling(bool isNetwork)
    {
        DropoutOptions options = Basis with { Rate = 0.5 };

        // snippet: scaling
        var forTheTrainer = options with { Scaling = isNetwork ? DropoutScaling.Inverted : DropoutScaling.None };
        // end

        AssertKeepsOr(dropped: 0, factor: isNetwork ? 2 : 1, forTheTrainer);
    }

    [TestMethod]
    public void Fill()
    {
        // snippet: fill
        var options = new DropoutOptions { Channels = 6, Fill = DropoutFill.Missing };   // a lost sensor reads NaN
        // end

        AssertKeepsOr(dropped: float.NaN, factor: 1, options with { Seed = 1 });
    }

    [TestMethod]
    public void Fill_constant()
    {
        DropoutOptions options = Basis;

        // snippet: fill_constant
        var cableBroken = options with { Fill = DropoutFill.Constant(-40) };   // what these thermometers read without a cable
        // end

        AssertKeepsOr(dropped: -40, factor: 1, cableBroken);
    }

    [TestMethod]
    public void Fill_per_channel()
    {
        DropoutOptions options = Basis;

        // snippet: fill_per_channel
        var disconnected = options with { Fill = DropoutFill.PerChannel(0, 0, 0, -40, 999, double.NaN) };   // six kinds of sensors
        // end

        float[] dropped = DropOut(disconnected);
        float[] fills = [0, 0, 0, -40, 999, float.NaN];
        for (int channel = 0; channel < 6; channel++)
        {
            (float Before, float After)[] values = [.. Rows.Zip(dropped).Where((_, i) => i % 6 == channel)];
            float fill = fills[channel];
            Assert.IsTrue(values.Any(value => value.After.Equals(fill)), $"channel {channel}");
            Assert.IsTrue(values.All(value => value.After.Equals(fill) || value.After == value.Before), $"channel {channel}");
        }
    }

    [TestMethod]
    public void Fill_one_of()
    {
        DropoutOptions options = Basis;

        // snippet: fill_one_of
        var anyFailure = options with
        {
            Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing, DropoutFill.LastValue),
        };
        // end

        // What is stuck keeps its first reading in the first step, and repeats it in the second.
        float[] dropped = DropOut(anyFailure);
        Assert.Contains(0, dropped);
        Assert.Contains(float.NaN, dropped);
        Assert.IsTrue(Enumerable.Range(0, Rows.Length).Any(i => i % 12 >= 6 && dropped[i] == Rows[i - 6]));
        for (int i = 0; i < Rows.Length; i++)
        {
            Assert.IsTrue(
                dropped[i] is 0 or float.NaN || dropped[i] == Rows[i] || (i % 12 >= 6 && dropped[i] == Rows[i - 6]),
                $"{Rows[i]} became {dropped[i]}");
        }
    }

    [TestMethod]
    [DataRow("Missing", float.NaN)]
    [DataRow("-40", -40f)]
    public void Fill_of_a_setting(string setting, float expected)
    {
        DropoutOptions options = Basis;

        // snippet: fill_parse
        var fromSettings = options with { Fill = DropoutFill.Parse(setting) };   // "Missing", or "-40"
        // end

        AssertKeepsOr(dropped: expected, factor: 1, fromSettings);
    }

    [TestMethod]
    public void Range_of_counts()
    {
        // snippet: count_range
        var options = new DropoutOptions { Channels = 6, DroppedChannels = (1, 2) };   // every row loses one sensor or two
        // end

        var keep = new bool[6];
        DropoutPlan plan = DropoutPlan.Create(options with { Seed = 3 }, 12);
        int[] lost = [.. Enumerable.Range(0, 50).Select(row =>
        {
            plan.DrawMask(new MaskKey((ulong)row), keep);
            return keep.Count(kept => !kept);
        })];
        CollectionAssert.AreEqual(new[] { 1, 2 }, lost.Distinct().Order().ToArray());
    }

    private static float[] DropOut(DropoutOptions options)
    {
        var dropped = new float[Rows.Length];
        DropoutPlan.Create(options, length: 12).ApplyRows(new MaskKey(0), Rows, dropped);
        return dropped;
    }

    // Some values are dropped and become the one, the others are multiplied by the factor.
    private static void AssertKeepsOr(float dropped, float factor, DropoutOptions options)
    {
        float[] values = DropOut(options);
        Assert.Contains(dropped, values);
        for (int i = 0; i < Rows.Length; i++)
            Assert.IsTrue(values[i].Equals(dropped) || values[i] == factor * Rows[i], $"{Rows[i]} became {values[i]}");
        Assert.IsTrue(values.Any(value => !value.Equals(dropped)));
    }
}
