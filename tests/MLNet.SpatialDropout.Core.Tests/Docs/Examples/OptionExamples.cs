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
    public void Lists()
    {
        DropoutPlan plan = DropoutPlan.Create(Basis, length: 128 * 6);

        // snippet: list
        ValueList<int> expected = [128, 6];
        bool fits = plan.Shape == expected;   // true: lists are compared by value
        // end

        Assert.IsTrue(fits);
        Assert.AreNotSame(expected, plan.Shape);
    }

    [TestMethod]
    public void Lists_of_configured_values()
    {
        string setting = "128 6";

        // snippet: list_of_setting
        int[] sizes = [.. setting.Split(' ').Select(int.Parse)];   // "128 6", from a configuration file
        ValueList<int> shape = ValueList.Create(sizes);
        // end

        Assert.AreEqual("[128, 6]", shape.ToString());
    }

    [TestMethod]
    public void Lists_of_computed_values()
    {
        int[] daysDown = [0, 73, 73, 0, 0, 365];

        // snippet: list_create
        ValueList<double> rates = ValueList.Create([.. daysDown.Select(days => days / 365.0)]);   // last year's failures
        // end

        Assert.AreEqual("[0, 0.2, 0.2, 0, 0, 1]", rates.ToString());
    }

    [TestMethod]
    [DataRow(new[] { 0, 0.3, 0.3, 1, 0.3, 1 }, 3)]
    [DataRow(new[] { 0.3 }, -1)]
    public void Lists_as_spans(double[] values, int expected)
    {
        ValueList<double> rates = ValueList.Create(values);

        // snippet: list_span
        int broken = rates.AsSpan().IndexOf(1.0);   // the first channel that drops in every row; -1 if none does
        // end

        Assert.AreEqual(expected, broken);
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
