using System.Globalization;
using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What is refused when the estimator is created, before there are any data.</summary>
[TestClass]
public sealed class OptionRefusalTests
{
    private static readonly SpatialDropoutOptions Right = new() { OutputColumnName = "Features", Channels = 3 };

    private static readonly SpatialDropoutOptions Several = new() { Columns = ["Features", "Other"] };

    private static readonly SpatialDropoutOptions Shaped = new() { OutputColumnName = "Features", Shape = [4, 3] };

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
        [Right with { MinKept = -1 }, "MinKept must be at least 0, but is -1."],
        [Right with { Rates = [0.1, 1.5, 0] }, "Rates[1] must be a probability from 0 to 1, but is 1.5."],
        [Right with { Rates = [0.1, 0.1, double.NaN] }, "Rates[2] must be a probability from 0 to 1, but is NaN."],
        [Right with { DroppedChannels = (-1, 2) }, "DroppedChannels must be (min, max) with 0 <= min <= max, but is (-1, 2)."],
        [Right with { DroppedChannels = (2, 1) }, "DroppedChannels must be (min, max) with 0 <= min <= max, but is (2, 1)."],
        [Right with { Copies = 0 }, "Copies must be at least 1, but is 0."],
        [Right with { Rates = [0.5, 0.5] }, "Rates must be one rate for each of the 3 channels, but is [0.5, 0.5]."],
        [Right with { DroppedChannels = (0, 4) }, "DroppedChannels must be at most the 3 channels of a row, but is (0, 4)."],
        [Right with { MinKept = 4 }, "MinKept must be at most the 3 channels of a row, but is 4."],
        [Right with { Channels = null, Groups = [2, 1], MinKept = 3 }, "MinKept must be at most the 2 groups of a row, but is 3."],
        [Several with { Rates = [0.5] }, "Rates must be one rate for each of the 2 columns, but is [0.5]."],
        [Several with { DroppedChannels = (0, 3) }, "DroppedChannels must be at most the 2 columns of a row, but is (0, 3)."],
        [Several with { MinKept = 3 }, "MinKept must be at most the 2 columns of a row, but is 3."],
        [Several with { Channels = 3, MinKept = 4 }, "MinKept must be at most the 3 channels of a row, but is 4."],
        [Several with { Columns = [] }, "Columns must be the names of one column or more, but is []."],
        [Several with { Columns = ["Features", "Features"] }, "Columns must be different names, but is [Features, Features]."],
        [Shaped with { Shape = [] }, "Shape must be one axis size or more, each at least 1, but is []."],
        [Shaped with { Shape = [4, 0] }, "Shape must be one axis size or more, each at least 1, but is [4, 0]."],
        [Shaped with { NoiseShape = [3] }, "NoiseShape must be of 2 axes, as Shape [4, 3] is, but is [3]."],
        [Shaped with { NoiseShape = [2, 3] }, "NoiseShape must be 1 or 4 on axis 0, as Shape is [4, 3], but is [2, 3]."],
        [Shaped with { NoiseShape = [4, 0] }, "NoiseShape must be 1 or 3 on axis 1, as Shape is [4, 3], but is [4, 0]."],
    ];

    public static IEnumerable<object[]> Contradictions() =>
    [
        [Right with { OutputColumnName = "" }, "OutputColumnName must be the name of a column, but is missing or empty."],
        [Right with { OutputColumnName = null! }, "OutputColumnName must be the name of a column, but is missing or empty."],
        [Right with { InputColumnName = " " }, "InputColumnName must be the name of a column, but is missing or empty."],
        [Several with { Columns = ["Features", " "] }, "Columns[1] must be the name of a column, but is missing or empty."],
        [Several with { OutputColumnName = "Out" }, "Columns is [Features, Other] while OutputColumnName is 'Out'. Columns are"],
        [Several with { InputColumnName = "In" }, "Columns is [Features, Other] while InputColumnName is 'In'. Columns are"],
        [Several with { MaskKeyColumnName = "Other" }, "Columns is [Features, Other] while MaskKeyColumnName is 'Other'."],
        [Several with { PerElement = true }, "Columns is [Features, Other] while PerElement is True. Element j of all columns"],
        [Several with { Layout = ChannelLayout.ChannelsFirst }, "Layout is ChannelsFirst, but Channels and Groups are null"],
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
        [Right with { MaskKeyColumnName = "" }, "MaskKeyColumnName must be the name of a column, but is missing or empty."],
        [
            Right with { InputColumnName = "Other", MaskKeyColumnName = "Features" },
            "MaskKeyColumnName is 'Features', and so is OutputColumnName",
        ],
        [
            Right with { MaskKeyColumnName = "Key", SharedAcrossRows = true },
            "MaskKeyColumnName is Key while SharedAcrossRows is True.",
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
            Right with { DroppedChannels = (1, 2), Scaling = DropoutScaling.Inverted },
            "Scaling is Inverted while DroppedChannels is (1, 2).",
        ],
        [
            Right with { Fill = DropoutFill.ChannelMean, Scaling = DropoutScaling.Inverted },
            "Scaling is Inverted while Fill is ChannelMean.",
        ],
        [Right with { Rate = 1, MinKept = 1, Scaling = DropoutScaling.Inverted }, "MinKept is 1 while a rate is 1."],
        [
            Right with { Rates = [0, 1, 0.5], MinKept = 2, Scaling = DropoutScaling.Inverted },
            "MinKept is 2 while a rate is 1.",
        ],
        [
            Right with { Fill = DropoutFill.Missing, Scaling = DropoutScaling.Inverted },
            "Scaling is Inverted while Fill is Missing.",
        ],
        [
            Right with { Fill = DropoutFill.Constant(2), Scaling = DropoutScaling.Inverted },
            "Scaling is Inverted while Fill is 2.",
        ],
    ];

    [TestMethod]
    [DynamicData(nameof(OutOfRange))]
    public void Out_of_range(SpatialDropoutOptions options, string message)
    {
        var refusal = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MLContext().Transforms.SpatialDropout(options));
        StringAssert.StartsWith(refusal.Message, message);
        Assert.AreEqual(message[..message.IndexOf(' ')], refusal.ParamName);
        Assert.IsNotNull(refusal.ActualValue);
    }

    [TestMethod]
    [DynamicData(nameof(Contradictions))]
    public void Missing_or_contradictory(SpatialDropoutOptions options, string message)
    {
        var refusal = Assert.ThrowsExactly<ArgumentException>(() => new MLContext().Transforms.SpatialDropout(options));
        StringAssert.StartsWith(refusal.Message, message);
        Assert.IsNotNull(typeof(SpatialDropoutOptions).GetProperty(refusal.ParamName!.Split('[')[0]), "names the option");
    }

    [TestMethod]
    public void The_view_and_the_plan_refuse_the_same()
    {
        var mlContext = new MLContext();
        IDataView data = mlContext.Data.LoadFromEnumerable(SensorRow.Generate(3));

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => mlContext.Data.SpatialDropout(data, Right with { Rate = 2 }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => DropoutPlan.Create(Right with { Rate = 2, Seed = 1 }, 12));
        Assert.ThrowsExactly<ArgumentException>(() => mlContext.Data.SpatialDropout(data, Right with { OutputColumnName = "" }));
    }

    [TestMethod]
    public void A_plan_wants_a_seed_and_a_length_that_fits()
    {
        SpatialDropoutOptions seeded = Right with { Seed = 1 };

        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => DropoutPlan.Create(Right, 12)).Message, "Seed is null");
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => DropoutPlan.Create(seeded, 13)).Message,
            "Channels is 3, which does not fit vectors of length 13: the number of channels must divide the length.");
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => DropoutPlan.Create(Shaped with { Seed = 1 }, 13)).Message,
            "Shape is [4, 3], which does not fit vectors of length 13: the product of the axis sizes must be the length.");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => DropoutPlan.Create(seeded, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => DropoutPlan.Create(seeded with { Channels = null, Shape = [65536, 65536] }, 1));
    }

    [TestMethod]
    public void A_plan_has_no_data_to_learn_from()
    {
        SpatialDropoutOptions means = Right with { Fill = DropoutFill.ChannelMean, Seed = 1 };
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => DropoutPlan.Create(means, 12)).Message,
            "Fill is ChannelMean, but a plan has no data to learn it from. Use a stage or view, or another fill.");
    }

    /// <summary>A minimum goes with rates close to 1, and with rates of 1 if enough other channels can be kept.</summary>
    [TestMethod]
    public void A_minimum_is_refused_only_where_a_channel_of_rate_1_may_have_to_be_kept()
    {
        SpatialDropoutOptions scaled = Right with { Scaling = DropoutScaling.Inverted, Seed = 1 };
        Assert.IsNotNull(DropoutPlan.Create(scaled with { Rates = [0, 1, 0.5], MinKept = 1 }, 12));
        Assert.IsNotNull(DropoutPlan.Create(scaled with { Rate = 0.9999, MinKept = 1 }, 12));
        Assert.IsNotNull(DropoutPlan.Create(Right with { Rate = 1, MinKept = 1, Scaling = DropoutScaling.None, Seed = 1 }, 12));
    }

    [TestMethod]
    public void A_rate_can_be_taken_back()
    {
        SpatialDropoutOptions byRate = Right with { Rate = 0.3, Seed = 1 };
        Assert.IsNotNull(DropoutPlan.Create(byRate with { Rate = null, DroppedChannels = (1, 1) }, 12));
    }

    [TestMethod]
    public void Messages_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            foreach (SpatialDropoutOptions wrong in new[]
            {
                Right with { Rate = 1.5 },
                Right with { Rate = 0.3, Rates = [0.1, 0.2, 0.3] },
            })
            {
                string message = Assert.Throws<ArgumentException>(() => DropoutPlan.Create(wrong, 12)).Message;
                Assert.DoesNotContain("0,3", message);
                Assert.IsTrue(message.Contains("1.5") || message.Contains("Rate is 0.3"), message);
            }

            string plan = DropoutPlan.Create(Right with { Rate = 0.3, RowProbability = 0.9, Seed = 1 }, 12).ToString();
            StringAssert.Contains(plan, "rate 0.3, row probability 0.9,");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void A_channel_that_is_not_there()
    {
        var plan = DropoutPlan.Create(Right with { Seed = 1 }, 12);
        var byChannel = DropoutPlan.Create(Right with { Rates = [0.1, 0.2, 0.3], Seed = 1 }, 12);
        foreach (Func<int, double> read in new Func<int, double>[]
        {
            channel => plan.GetScale(channel), channel => plan.GetFill(channel),
            channel => byChannel.GetScale(channel), channel => byChannel.GetFill(channel),
        })
        {
            foreach (int channel in new[] { -1, 3 })
                StringAssert.StartsWith(
                    Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => read(channel)).Message,
                    $"channel must be from 0 to 2, but is {channel}.");
        }
    }

    [TestMethod]
    public void Null_arguments()
    {
        var mlContext = new MLContext();
        Assert.ThrowsExactly<ArgumentNullException>(() => mlContext.Transforms.SpatialDropout(null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => ((TransformsCatalog)null!).SpatialDropout(Right));
        Assert.ThrowsExactly<ArgumentNullException>(() => mlContext.Data.SpatialDropout(null!, Right));
        Assert.ThrowsExactly<ArgumentNullException>(() => DropoutPlan.Create(null!, 3));
        IDataView view = mlContext.Data.SpatialDropout(mlContext.Data.LoadFromEnumerable(SensorRow.Generate(1)), Right);
        Assert.AreEqual("columnsNeeded", Assert.ThrowsExactly<ArgumentNullException>(() => view.GetRowCursor(null!)).ParamName);
        Assert.ThrowsExactly<ArgumentNullException>(() => mlContext.Transforms.SpatialDropout(Right).Fit(null!));
    }
}
