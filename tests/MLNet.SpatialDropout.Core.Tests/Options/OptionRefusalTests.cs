using System.Globalization;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What is refused when a plan is created: options, a length, or the two together.</summary>
[TestClass]
public sealed class OptionRefusalTests
{
    private static readonly DropoutOptions Right = new() { Channels = 3, Seed = 1 };

    private static readonly DropoutOptions Shaped = new() { Shape = [4, 3], Seed = 1 };

    private static readonly DropoutOptions Grouped = new() { Groups = [2, 1], Seed = 1 };

    private static readonly DropoutOptions Elements = new() { PerElement = true, Seed = 1 };

    private static readonly DropoutFill MaybeStuck = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.LastValue);

    private static readonly DropoutOptions Inverted = Right with { Scaling = DropoutScaling.Inverted };

    public static IEnumerable<object[]> OutOfRange() =>
    [
        [Right with { Rate = double.NaN }, "Rate must be a probability from 0 to 1, but is NaN."],
        [Right with { Rate = -0.1 }, "Rate must be a probability from 0 to 1, but is -0.1."],
        [Right with { Rate = 1.5 }, "Rate must be a probability from 0 to 1, but is 1.5."],
        [Right with { Channels = 0 }, "Channels must be at least 1, but is 0."],
        [Right with { Channels = -6 }, "Channels must be at least 1, but is -6."],
        [Right with { Layout = (ChannelLayout)7 }, "Layout must be ChannelsLast or ChannelsFirst, but is 7."],
        [Right with { Scaling = (DropoutScaling)7 }, "Scaling must be None or Inverted, but is 7."],
        [Right with { RowProbability = -1 }, "RowProbability must be a probability from 0 to 1, but is -1."],
        [Right with { RowProbability = double.NaN }, "RowProbability must be a probability from 0 to 1, but is NaN."],
        [Right with { MinKept = -1 }, "MinKept must be at least 0, but is -1."],
        [Right with { Rates = [0.1, 1.5, 0] }, "Rates[1] must be a probability from 0 to 1, but is 1.5."],
        [Right with { Rates = [0.1, 0.1, double.NaN] }, "Rates[2] must be a probability from 0 to 1, but is NaN."],
        [Right with { DroppedChannels = (-1, 2) }, "DroppedChannels must be (min, max) with 0 <= min <= max, but is (-1, 2)."],
        [Right with { DroppedChannels = (2, 1) }, "DroppedChannels must be (min, max) with 0 <= min <= max, but is (2, 1)."],
        [Shaped with { Shape = [] }, "Shape must be one axis size or more, each at least 1, but is []."],
        [Shaped with { Shape = [4, 0] }, "Shape must be one axis size or more, each at least 1, but is [4, 0]."],
        [Shaped with { NoiseShape = [3] }, "NoiseShape must be of 2 axes, as Shape [4, 3] is, but is [3]."],
        [Shaped with { NoiseShape = [2, 3] }, "NoiseShape must be 1 or 4 on axis 0, as Shape is [4, 3], but is [2, 3]."],
        [Shaped with { NoiseShape = [4, 0] }, "NoiseShape must be 1 or 3 on axis 1, as Shape is [4, 3], but is [4, 0]."],
        [Right with { Rates = [0.5, 0.5] }, "Rates must be one rate for each of the 3 channels, but is [0.5, 0.5]."],
        [Right with { DroppedChannels = (0, 4) }, "DroppedChannels must be at most the 3 channels of a row, but is (0, 4)."],
        [Right with { LostChannels = [-1] }, "LostChannels must be one number or more from 0 up, all different, but is [-1]."],
        [Right with { LostChannels = [1, 1] }, "LostChannels must be one number or more from 0 up, all different, but is [1, 1]."],
        [Right with { LostChannels = [] }, "LostChannels must be one number or more from 0 up, all different, but is []."],
        [Right with { LostChannels = [0, 3] }, "LostChannels must be numbers below 3, as a row has 3 channels, but is [0, 3]."],
        [Grouped with { LostChannels = [2] }, "LostChannels must be numbers below 2, as a row has 2 groups, but is [2]."],
        [Right with { MinKept = 4 }, "MinKept must be at most the 3 channels of a row, but is 4."],
        [
            Shaped with { NoiseShape = [1, 3], MinKept = 4 },
            "MinKept must be at most the 3 elements of the noise shape [1, 3] of a row, but is 4.",
        ],
        [Grouped with { Groups = [] }, "Groups must be one group size or more, none negative and at least one positive, but is []."],
        [Grouped with { Groups = [0, 0] }, "Groups must be one group size or more, none negative and at least one positive, but is [0, 0]."],
        [Grouped with { Groups = [2, -1] }, "Groups must be one group size or more, none negative and at least one positive, but is"],
        [Grouped with { Groups = [int.MaxValue, int.MaxValue] }, "Groups must be one group size or more, none negative and"],
        [Grouped with { Rates = [0.5, 0.5, 0.5] }, "Rates must be one rate for each of the 2 groups, but is [0.5, 0.5, 0.5]."],
        [Grouped with { DroppedChannels = (0, 3) }, "DroppedChannels must be at most the 2 groups of a row, but is (0, 3)."],
        [Grouped with { MinKept = 3 }, "MinKept must be at most the 2 groups of a row, but is 3."],
        [Elements with { MinKept = 13 }, "MinKept must be at most the 12 elements of a row"],
        [Right with { OutageSteps = (0, 2) }, "OutageSteps must be (min, max) with 1 <= min <= max, but is (0, 2)."],
        [Right with { OutageSteps = (-1, 2) }, "OutageSteps must be (min, max) with 1 <= min <= max, but is (-1, 2)."],
        [Right with { OutageSteps = (3, 2) }, "OutageSteps must be (min, max) with 1 <= min <= max, but is (3, 2)."],
        [Shaped with { OutageSteps = (3, 2) }, "OutageSteps must be (min, max) with 1 <= min <= max, but is (3, 2)."],
        [Right with { OutageSteps = (1, 5) }, "OutageSteps must be at most the 4 steps of a row, but is (1, 5)."],
        [Right with { OutageSteps = (5, 5) }, "OutageSteps must be at most the 4 steps of a row, but is (5, 5)."],
        [
            Right with { OutageSteps = (1, 5), Layout = ChannelLayout.ChannelsFirst },
            "OutageSteps must be at most the 4 steps of a row, but is (1, 5).",
        ],
        [Right with { OutageSteps = (int.MaxValue, int.MaxValue) }, "OutageSteps must be at most the 4 steps of a row, but is"],
        [Grouped with { OutageSteps = (1, 5) }, "OutageSteps must be at most the 4 steps of a row, but is (1, 5)."],
        [
            Right with { Fill = DropoutFill.PerChannel(1, 2) },
            "Fill must be PerChannel with one value for each of the 3 channels, but is PerChannel(1, 2).",
        ],
        [
            Right with { Fill = DropoutFill.PerChannel(1, 2, 3, 4) },
            "Fill must be PerChannel with one value for each of the 3 channels, but is PerChannel(1, 2, 3, 4).",
        ],
        [
            Right with { Fill = DropoutFill.OneOf(DropoutFill.PerChannel(1, 2, 3), DropoutFill.PerChannel(5)) },
            "Fill must be PerChannel with one value for each of the 3 channels, but is OneOf(PerChannel(1, 2, 3), PerChannel(5)).",
        ],
        [
            Grouped with { Fill = DropoutFill.PerChannel(1, 2, 3) },
            "Fill must be PerChannel with one value for each of the 2 groups, but is PerChannel(1, 2, 3).",
        ],
        [
            Shaped with { NoiseShape = [1, 3], Fill = DropoutFill.PerChannel(1, 2) },
            "Fill must be PerChannel with one value for each of the 3 elements of the noise shape [1, 3], but is PerChannel(1, 2).",
        ],
        [
            Elements with { Fill = DropoutFill.PerChannel(1, 2) },
            "Fill must be PerChannel with one value for each of the 12 elements, but is PerChannel(1, 2).",
        ],
    ];

    public static IEnumerable<object[]> Contradictions() =>
    [
        [Right with { Seed = null }, "Seed is null, and a plan has no MLContext to draw one from. Set any 32-bit integer."],
        [
            Right with { Channels = null },
            "Channels, Groups and Shape are null, and PerElement is false. Set exactly one of Channels (or Groups), Shape",
        ],
        [Grouped with { Channels = 4 }, "Groups is [2, 1] while Channels is 4. The sizes of the groups must add up to the number"],
        [Grouped with { Shape = [4, 3] }, "Groups is [2, 1] while Shape is [4, 3]"],
        [Grouped with { NoiseShape = [1, 3] }, "Groups is [2, 1] while NoiseShape is [1, 3]"],
        [Grouped with { PerElement = true }, "PerElement is True while Groups is [2, 1]"],
        [Right with { PerElement = true }, "PerElement is True while Channels is 3"],
        [Shaped with { PerElement = true }, "PerElement is True while Shape is [4, 3]"],
        [Right with { Shape = [4, 3] }, "Channels is 3 while Shape is [4, 3]"],
        [Right with { NoiseShape = [1, 3] }, "Channels is 3 while NoiseShape is [1, 3]"],
        [Right with { Channels = null, NoiseShape = [1, 3] }, "NoiseShape is [1, 3], but Shape is null. Set Shape too."],
        [
            Shaped with { Layout = ChannelLayout.ChannelsFirst },
            "Layout is ChannelsFirst, but Channels is null. Layout is the order of time and channels, so set Channels or Groups too.",
        ],
        [Right with { Fill = null! }, "Fill must be one of Zero, Missing, Constant, PerChannel, ChannelMean, LastValue and OneOf, but is null."],
        [
            Right with { Fill = DropoutFill.ChannelMean },
            "Fill is ChannelMean, but a plan has no data to learn it from. Use a stage or view, or another fill.",
        ],
        [
            Right with { Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.ChannelMean) },
            "Fill is OneOf(Zero, ChannelMean), but a plan has no data to learn it from. Use a stage or view, or another fill.",
        ],
        [
            Right with { Rate = 0.5, Rates = [0.1, 0.2, 0.3] },
            "Rates is [0.1, 0.2, 0.3] while Rate is 0.5. Set only one of Rate, Rates, DroppedChannels and LostChannels, and leave the others null.",
        ],
        [Right with { Rate = 0.5, DroppedChannels = (1, 2) }, "DroppedChannels is (1, 2) while Rate is 0.5"],
        [
            Right with { Rates = [0.1, 0.2, 0.3], DroppedChannels = (1, 2) },
            "DroppedChannels is (1, 2) while Rates is [0.1, 0.2, 0.3]",
        ],
        [
            Right with { LostChannels = [0], DroppedChannels = (1, 2) },
            "LostChannels is [0] while DroppedChannels is (1, 2). Set only one of Rate, Rates, DroppedChannels and LostChannels",
        ],
        [Right with { LostChannels = [2], Rate = 0.5 }, "LostChannels is [2] while Rate is 0.5. Set only one of"],
        [
            Right with { LostChannels = [0, 2], MinKept = 2 },
            "MinKept is 2 while LostChannels is [0, 2]. Of 3 channels, only 1 can stay then.",
        ],
        [Inverted with { LostChannels = [1] }, "Scaling is Inverted while LostChannels is [1]."],
        [Inverted with { DroppedChannels = (1, 2) }, "Scaling is Inverted while DroppedChannels is (1, 2)."],
        [Inverted with { Fill = DropoutFill.ChannelMean }, "Scaling is Inverted while Fill is ChannelMean."],
        [Inverted with { Fill = DropoutFill.Missing }, "Scaling is Inverted while Fill is Missing."],
        [Inverted with { Fill = DropoutFill.Constant(2) }, "Scaling is Inverted while Fill is 2."],
        [Inverted with { Fill = DropoutFill.LastValue }, "Scaling is Inverted while Fill is LastValue."],
        [Inverted with { Fill = DropoutFill.PerChannel(0, 0, 0) }, "Scaling is Inverted while Fill is PerChannel(0, 0, 0)."],
        [Inverted with { Fill = DropoutFill.OneOf(DropoutFill.Zero) }, "Scaling is Inverted while Fill is OneOf(Zero)."],
        [
            Inverted with { OutageSteps = (1, 2) },
            "Scaling is Inverted while OutageSteps is (1, 2). Inverted scaling keeps the expected value only of channels that are"
            + " lost for all steps. Set Scaling to None.",
        ],
        [Inverted with { Rate = 1, MinKept = 1 }, "MinKept is 1 while a rate is 1."],
        [Inverted with { Rates = [0, 1, 0.5], MinKept = 2 }, "MinKept is 2 while a rate is 1."],
        [
            Shaped with { OutageSteps = (1, 2) },
            "OutageSteps is (1, 2) while Shape is [4, 3]. It counts the steps of a row, and this layout has no steps."
                + " Set Channels or Groups instead.",
        ],
        [
            Elements with { OutageSteps = (1, 2) },
            "OutageSteps is (1, 2) while PerElement is True. It counts the steps of a row, and this layout has no steps",
        ],
        [
            Shaped with { Fill = DropoutFill.LastValue },
            "Fill is LastValue while Shape is [4, 3]. LastValue keeps the reading of an earlier step, and this layout has no steps.",
        ],
        [Elements with { Fill = DropoutFill.LastValue }, "Fill is LastValue while PerElement is True. LastValue keeps the reading"],
        [Shaped with { Fill = MaybeStuck }, "Fill is OneOf(Zero, LastValue) while Shape is [4, 3]."],
        [Elements with { Fill = MaybeStuck }, "Fill is OneOf(Zero, LastValue) while PerElement is True."],
        [
            Right with { Channels = 12, Fill = DropoutFill.LastValue },
            "Fill is LastValue, but a row has a single step, so a stuck channel would not change. Use another fill.",
        ],
        [
            Right with { Channels = 12, Layout = ChannelLayout.ChannelsFirst, Fill = MaybeStuck },
            "Fill is OneOf(Zero, LastValue), but a row has a single step, so a stuck channel would not change. Use another fill.",
        ],
        [Grouped with { Groups = [8, 4], Fill = DropoutFill.LastValue }, "Fill is LastValue, but a row has a single step"],
    ];

    [TestMethod]
    [DynamicData(nameof(OutOfRange))]
    public void Out_of_range(DropoutOptions options, string message)
    {
        var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => DropoutPlan.Create(options, 12));
        StringAssert.StartsWith(refusal.Message, message);
        Assert.AreEqual(message[..message.IndexOf(' ')], refusal.ParamName);
        Assert.IsNotNull(refusal.ActualValue);
    }

    [TestMethod]
    [DynamicData(nameof(Contradictions))]
    public void Missing_or_contradictory(DropoutOptions options, string message)
    {
        var refusal = Assert.ThrowsExactly<ArgumentException>(() => DropoutPlan.Create(options, 12));
        StringAssert.StartsWith(refusal.Message, message);
        Assert.IsNotNull(typeof(DropoutOptions).GetProperty(refusal.ParamName!), "names the option");
    }

    [TestMethod]
    public void Options_that_are_null() =>
        Assert.AreEqual("options", Assert.ThrowsExactly<ArgumentNullException>(() => DropoutPlan.Create(null!, 3)).ParamName);

    [TestMethod]
    public void A_length_that_does_not_fit()
    {
        void Refused(DropoutOptions options, int length, string message)
        {
            var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => DropoutPlan.Create(options, length));
            Assert.AreEqual("length", refusal.ParamName);
            Assert.AreEqual(length, refusal.ActualValue);
            StringAssert.StartsWith(refusal.Message, message);
        }

        Refused(
            Right, 13, "Channels is 3, which does not fit vectors of length 13: the number of channels must divide the length.");
        Refused(Grouped, 13, "Groups is [2, 1], which does not fit vectors of length 13: the sum of the sizes must divide the length.");
        Refused(
            Shaped, 13,
            "Shape is [4, 3], which does not fit vectors of length 13: the product of the axis sizes must be the length.");
        Refused(Right, 0, "length must be a vector length of at least 1, but is 0.");
        Refused(Shaped with { Shape = [65536, 65536] }, 1, "Shape is [65536, 65536], which does not fit vectors of length 1:");
    }

    /// <summary>A minimum goes with rates close to 1, and with rates of 1 if enough other channels can be kept.</summary>
    [TestMethod]
    public void A_minimum_is_refused_only_where_a_channel_of_rate_1_may_have_to_be_kept()
    {
        Assert.IsNotNull(DropoutPlan.Create(Inverted with { Rates = [0, 1, 0.5], MinKept = 1 }, 12));
        Assert.IsNotNull(DropoutPlan.Create(Inverted with { Rate = 0.9999, MinKept = 1 }, 12));
        Assert.IsNotNull(DropoutPlan.Create(Right with { Rate = 1, MinKept = 1 }, 12));
    }

    [TestMethod]
    public void Outages_and_fills_that_just_fit()
    {
        foreach (DropoutOptions options in new[]
        {
            Right with { OutageSteps = (4, 4) },
            Right with { OutageSteps = (1, 4), Fill = MaybeStuck },
            Right with { Channels = 12, OutageSteps = (1, 1) },
            Right with { Channels = 6, Fill = DropoutFill.LastValue },
            Grouped with { OutageSteps = (1, 4), Fill = DropoutFill.PerChannel(1, 2) },
            Shaped with { NoiseShape = [1, 3], Fill = DropoutFill.PerChannel(1, 2, 3) },
            Elements with { Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing) },
        })
        {
            Assert.AreSame(options, DropoutPlan.Create(options, 12).Options);
        }
    }

    [TestMethod]
    public void A_rate_can_be_taken_back()
    {
        DropoutOptions byRate = Right with { Rate = 0.3 };
        Assert.IsNotNull(DropoutPlan.Create(byRate with { Rate = null, DroppedChannels = (1, 1) }, 12));
    }

    [TestMethod]
    public void Messages_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            StringAssert.Contains(
                Assert.Throws<ArgumentException>(() => DropoutPlan.Create(Right with { Rate = 1.5 }, 12)).Message, "is 1.5.");
            StringAssert.Contains(
                Assert.Throws<ArgumentException>(
                    () => DropoutPlan.Create(Right with { Rate = 0.3, Rates = [0.1, 0.2, 0.3] }, 12)).Message,
                "Rates is [0.1, 0.2, 0.3] while Rate is 0.3.");
            StringAssert.Contains(
                DropoutPlan.Create(Right with { Rate = 0.3, RowProbability = 0.9 }, 12).ToString(),
                "rate 0.3, row probability 0.9,");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(3)]
    public void A_channel_that_is_not_there(int channel)
    {
        var plan = DropoutPlan.Create(Right, 12);
        var byChannel = DropoutPlan.Create(Inverted with { Rates = [0.1, 0.2, 0.3] }, 12);
        foreach (Func<int, double> read in new Func<int, double>[]
        {
            channel => plan.GetScale(channel), channel => plan.GetFill(channel),
            channel => byChannel.GetScale(channel), channel => byChannel.GetFill(channel),
        })
        {
            StringAssert.StartsWith(
                Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => read(channel)).Message,
                $"channel must be from 0 to 2, but is {channel}.");
        }
    }

    [TestMethod]
    public void A_fill_that_is_not_there()
    {
        var fills = DropoutFill.OneOf(DropoutFill.PerChannel(1, 2, 3), DropoutFill.LastValue);
        var plan = DropoutPlan.Create(Right with { Fill = fills }, 12);

        Assert.AreEqual(2, plan.GetFill(1));
        Assert.AreEqual(3, plan.GetFill(2, fill: 0));
        Assert.AreEqual(
            "The fill is LastValue, which differs from row to row.",
            Assert.ThrowsExactly<InvalidOperationException>(() => plan.GetFill(1, fill: 1)).Message);
        foreach (int fill in new[] { -1, 2 })
        {
            StringAssert.StartsWith(
                Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => plan.GetFill(1, fill)).Message,
                $"fill must be from 0 to 1, but is {fill}.");
        }
    }
}
