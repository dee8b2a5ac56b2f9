using System.Globalization;
using System.Reflection;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Defaults, equality and texts of a row's options, and what a plan keeps of them.</summary>
[TestClass]
public sealed class DropoutOptionsTests
{
    private static readonly DropoutOptions Defaults = new();

    // A plan would refuse this combination; here it is only compared and shown.
    private static readonly DropoutOptions AllChanged = new()
    {
        Channels = 6,
        Groups = [4, 2],
        Layout = ChannelLayout.ChannelsFirst,
        Shape = [4, 3],
        NoiseShape = [1, 3],
        PerElement = true,
        SharedAcrossRows = true,
        Rate = 0.25,
        Rates = [0.1, 0.25],
        DroppedChannels = (1, 2),
        LostChannels = [1],
        MinKept = 2,
        RowProbability = 0.75,
        OutageSteps = (2, 3),
        Scaling = DropoutScaling.Inverted,
        Fill = DropoutFill.Constant(-1.5),
        Seed = -7,
    };

    private static readonly PropertyInfo[] Options = typeof(DropoutOptions).GetProperties();

    [TestMethod]
    public void Defaults_are_those_of_the_documentation()
    {
        Assert.IsNull(Defaults.Channels);
        Assert.IsNull(Defaults.Groups);
        Assert.AreEqual(ChannelLayout.ChannelsLast, Defaults.Layout);
        Assert.IsNull(Defaults.Shape);
        Assert.IsNull(Defaults.NoiseShape);
        Assert.IsFalse(Defaults.PerElement);
        Assert.IsFalse(Defaults.SharedAcrossRows);
        Assert.IsNull(Defaults.Rate);
        Assert.AreEqual(0.3, DropoutOptions.DefaultRate);
        Assert.IsNull(Defaults.Rates);
        Assert.IsNull(Defaults.DroppedChannels);
        Assert.AreEqual(0, Defaults.MinKept);
        Assert.AreEqual(1.0, Defaults.RowProbability);
        Assert.AreEqual(DropoutScaling.None, Defaults.Scaling);
        Assert.AreEqual(DropoutFill.Zero, Defaults.Fill);
        Assert.IsNull(Defaults.Seed);
    }

    [TestMethod]
    public void A_rate_that_is_not_set_is_the_default_rate()
    {
        var plan = DropoutPlan.Create(new DropoutOptions { Channels = 200, Seed = 1 }, 200);
        var explicitly = DropoutPlan.Create(new DropoutOptions { Channels = 200, Rate = 0.3, Seed = 1 }, 200);
        var keep = new bool[200];
        var expected = new bool[200];

        plan.DrawMask(new MaskKey(5), keep);
        explicitly.DrawMask(new MaskKey(5), expected);

        CollectionAssert.AreEqual(expected, keep);
        Assert.AreEqual("rows of [1, 200], noise [1, 200], rate 0.3, fill Zero, scaling None, seed 1", plan.ToString());
    }

    [TestMethod]
    public void Each_option_counts_for_equality()
    {
        Assert.AreEqual(AllChanged, AllChanged with { Shape = [4, 3], Rates = [0.1, 0.25], Fill = DropoutFill.Constant(-1.5) });
        Assert.AreEqual(
            AllChanged.GetHashCode(), (AllChanged with { Shape = [4, 3], Fill = DropoutFill.Constant(-1.5) }).GetHashCode());
        foreach (PropertyInfo option in Options)
            Assert.AreNotEqual(Defaults, OnlyChanged(option), option.Name);
    }

    [TestMethod]
    public void Each_option_is_shown_if_it_was_changed_and_only_then()
    {
        foreach (PropertyInfo option in Options)
        {
            Assert.AreNotEqual(option.GetValue(Defaults), option.GetValue(AllChanged), $"{option.Name} is new: change it here");

            string text = OnlyChanged(option).ToString();
            Assert.StartsWith($"DropoutOptions {{ {option.Name} = ", text);
            Assert.AreEqual(1, text.Count(c => c == '='), text);
        }

        Assert.AreEqual("DropoutOptions { }", Defaults.ToString());
        Assert.AreEqual("DropoutOptions { Fill = null }", (Defaults with { Fill = null! }).ToString());
    }

    [TestMethod]
    public void The_text_is_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("")
            {
                NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "minus " },
            };
            Assert.AreEqual(
                "DropoutOptions { Channels = 6, Groups = [4, 2], Layout = ChannelsFirst, Shape = [4, 3], NoiseShape = [1, 3], PerElement = True,"
                    + " SharedAcrossRows = True, Rate = 0.25, Rates = [0.1, 0.25], DroppedChannels = (1, 2), LostChannels = [1],"
                    + " MinKept = 2, RowProbability = 0.75, OutageSteps = (2, 3), Scaling = Inverted, Fill = -1.5, Seed = -7 }",
                AllChanged.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void A_plan_keeps_the_options_of_a_row()
    {
        var options = new DropoutOptions { Channels = 3, Rates = [0.1, 0.2, 0.3], MinKept = 1, Seed = 4 };
        var more = new MoreOptions { Channels = 3, Rates = [0.1, 0.2, 0.3], MinKept = 1, Seed = 4, Column = "Features" };
        Assert.AreNotEqual(options, more);

        Assert.AreSame(options, DropoutPlan.Create(options, 12).Options);
        Assert.AreEqual(typeof(DropoutOptions), DropoutPlan.Create(more, 12).Options.GetType());
        Assert.AreEqual(options, DropoutPlan.Create(more, 12).Options);
    }

    private static DropoutOptions OnlyChanged(PropertyInfo option)
    {
        var options = new DropoutOptions();
        option.SetValue(options, option.GetValue(AllChanged));
        return options;
    }

    private sealed record MoreOptions : DropoutOptions
    {
        public string Column { get; init; } = "";
    }
}
