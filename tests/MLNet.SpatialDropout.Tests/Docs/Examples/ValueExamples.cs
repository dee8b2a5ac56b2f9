using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The examples in the documentation of what options are made of: layouts, scalings, fills, shapes and rates; see
/// <see cref="PublicApiTests"/>.
/// </summary>
[TestClass]
public sealed class ValueExamples
{
    private static readonly SpatialDropoutOptions Basis = new() { OutputColumnName = "Features", Channels = 6, Seed = 1 };

    private static readonly float[][] Rows = Recordings.Read(Recordings.Load(new MLContext(1)));

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Layout(bool isSeriesAfterSeries)
    {
        SpatialDropoutOptions options = Basis;

        // snippet: layout
        var laidOut = options with
        {
            Layout = isSeriesAfterSeries ? ChannelLayout.ChannelsFirst : ChannelLayout.ChannelsLast,
        };
        // end

        bool[][] lost = [.. Recordings.DropOut(laidOut).Select(row => Recordings.Lost(row, _ => 0, laidOut.Layout))];
        Assert.IsTrue(lost.Any(row => row.Contains(true) && row.Contains(false)));
    }

    [TestMethod]
    public void Layout_time_by_channel()
    {
        SpatialDropoutOptions options = Basis;

        // snippet: layout_time_by_channel
        var stepByStep = options with { Layout = ChannelLayout.ChannelsLast };   // channel c: elements c, c + 6, c + 12, ...
        // end

        Assert.IsTrue(EveryChannel(stepByStep, c => Enumerable.Range(0, 128).Select(step => c + (6 * step))));
    }

    [TestMethod]
    public void Layout_channel_by_time()
    {
        SpatialDropoutOptions options = Basis;

        // snippet: layout_channel_by_time
        var bySeries = options with { Layout = ChannelLayout.ChannelsFirst };   // channel c of 128 steps: elements from 128 * c
        // end

        Assert.IsTrue(EveryChannel(bySeries, c => Enumerable.Range(128 * c, 128)));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Scaling(bool hasTreeTrainer)
    {
        SpatialDropoutOptions options = Basis;

        // snippet: scaling
        var forTheTrainer = options with { Scaling = hasTreeTrainer ? DropoutScaling.None : DropoutScaling.Inverted };
        // end

        Assert.AreEqual(hasTreeTrainer ? 1 : 2, DropoutPlan.Create(forTheTrainer, Recording.Length).GetScale(0));
    }

    [TestMethod]
    public void Scaling_none()
    {
        SpatialDropoutOptions options = Basis;

        // snippet: scaling_none
        var asMeasured = options with { Scaling = DropoutScaling.None };   // what is kept keeps every bit
        // end

        Assert.IsTrue(Recordings.DropOut(asMeasured).Zip(Rows).All(pair => pair.First.Zip(pair.Second).All(value =>
            value.First is 0 || value.First.Equals(value.Second))));
    }

    [TestMethod]
    public void Scaling_inverted()
    {
        SpatialDropoutOptions options = Basis;

        // snippet: scaling_inverted
        var sameSum = options with { Rate = 0.5, Scaling = DropoutScaling.Inverted };   // what is kept is doubled
        // end

        Assert.IsTrue(Recordings.DropOut(sameSum).Zip(Rows).All(pair => pair.First.Zip(pair.Second).All(value =>
            value.First is 0 || value.First.Equals(2 * value.Second))));
    }

    [TestMethod]
    public void Fill()
    {
        // snippet: fill
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Fill = DropoutFill.Missing };
        // end

        Assert.IsTrue(Recordings.DropOut(options).Any(row => Recordings.Lost(row, float.NaN).Contains(true)));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Fill_zero(bool isSparse)
    {
        SpatialDropoutOptions options = Basis;

        // snippet: fill_zero
        var forTheColumn = options with { Fill = isSparse ? DropoutFill.Zero : DropoutFill.ChannelMean };
        // end

        Assert.AreEqual(isSparse, Recordings.DropOut(forTheColumn).Any(row => row.Contains(0)));
    }

    [TestMethod]
    public void Fill_missing()
    {
        SpatialDropoutOptions options = Basis;

        // snippet: fill_missing
        var forTrees = options with { Fill = DropoutFill.Missing };   // a lost sensor reads NaN
        // end

        Assert.IsTrue(Recordings.DropOut(forTrees).Any(row => Recordings.Lost(row, float.NaN).Contains(true)));
    }

    [TestMethod]
    public void Fill_channel_mean()
    {
        SpatialDropoutOptions options = Basis;

        // snippet: fill_channel_mean
        var averaged = options with { Fill = DropoutFill.ChannelMean };   // a lost sensor reads its mean in the training data
        // end

        Assert.IsTrue(Recordings.DropOut(averaged).Any(row => Recordings.Lost(row, Mean, Basis.Layout).Contains(true)));
    }

    [TestMethod]
    public void Fill_value()
    {
        // snippet: fill_value
        double? written = DropoutFill.Constant(-40).Value;   // -40
        double? learned = DropoutFill.ChannelMean.Value;     // null: one for each channel, known after Fit
        // end

        Assert.AreEqual(-40, written);
        Assert.IsNull(learned);
    }

    [TestMethod]
    public void Fill_constant()
    {
        SpatialDropoutOptions options = Basis;

        // snippet: fill_constant
        var cableBroken = options with { Fill = DropoutFill.Constant(-40) };   // what these thermometers read without their cable
        // end

        Assert.IsTrue(Recordings.DropOut(cableBroken).Any(row => Recordings.Lost(row, -40).Contains(true)));
    }

    [TestMethod]
    public void Fill_text()
    {
        // snippet: fill_text
        Console.WriteLine($"{DropoutFill.Missing}, {DropoutFill.Constant(-1.5)}");   // Missing, -1.5
        // end

        Assert.AreEqual("Missing, -1.5", $"{DropoutFill.Missing}, {DropoutFill.Constant(-1.5)}");
    }

    [TestMethod]
    public void Shape()
    {
        // snippet: shape
        ValueList<int> rows = [16, 16, 8];   // height, width, channels
        ValueList<int> noise = [1, 1, 8];    // one coin per channel
        // end

        Assert.AreEqual(8, DropoutPlan.Create(Basis with { Channels = null, Shape = rows, NoiseShape = noise }, 2048).CoinCount);
    }

    [TestMethod]
    public void Shape_create()
    {
        string setting = "128 6";

        // snippet: shape_create
        int[] sizes = [.. setting.Split(' ').Select(int.Parse)];   // "128 6", as a user wrote it
        ValueList<int> rows = ValueList.Create(sizes);            // [128, 6]
        // end

        Assert.AreEqual("[128, 6]", rows.ToString());
    }

    [TestMethod]
    public void Rates()
    {
        // snippet: rates
        ValueList<double> rates = [0.3, 0.3, 0.3, 0.05, 0.05, 0.05];   // three sensors that fail often, three that seldom do
        // end

        bool[][] lost = [.. Recordings.DropOut(Basis with { Rates = rates }).Select(row => Recordings.Lost(row))];
        Assert.IsGreaterThan(
            lost.Sum(row => row[3..].Count(isLost => isLost)), lost.Sum(row => row[..3].Count(isLost => isLost)));
    }

    [TestMethod]
    public void Rates_create()
    {
        int[] daysDown = [0, 73, 73, 0, 0, 365];

        // snippet: rates_create
        ValueList<double> rates = ValueList.Create([.. daysDown.Select(days => days / 365.0)]);   // as each was down last year
        // end

        Assert.AreEqual("[0, 0.2, 0.2, 0, 0, 1]", rates.ToString());
    }

    [TestMethod]
    public void List()
    {
        DropoutPlan plan = DropoutPlan.Create(Basis, Recording.Length);

        // snippet: list
        ValueList<int> expected = [128, 6];
        bool fits = plan.Shape == expected;   // true: lists are compared by their values
        // end

        Assert.IsTrue(fits);
        Assert.AreNotSame(expected, plan.Shape);
    }

    [TestMethod]
    public void List_count()
    {
        DropoutPlan plan = DropoutPlan.Create(Basis, Recording.Length);

        // snippet: list_count
        int axes = plan.Shape.Count;   // 2: time and channels
        // end

        Assert.AreEqual(2, axes);
    }

    [TestMethod]
    public void List_index()
    {
        DropoutPlan plan = DropoutPlan.Create(Basis, Recording.Length);

        // snippet: list_index
        int channels = plan.Shape[^1];   // 6
        // end

        Assert.AreEqual(6, channels);
    }

    [TestMethod]
    public void List_span()
    {
        ValueList<double> rates = [0, 0.3, 0.3, 1, 0.3, 0.3];

        // snippet: list_span
        int broken = rates.AsSpan().IndexOf(1.0);   // the first channel that drops in every row; -1 where none does
        // end

        Assert.AreEqual(3, broken);
        Assert.AreEqual(-1, ValueList.Create(0.3).AsSpan().IndexOf(1.0));
    }

    [TestMethod]
    public void List_text()
    {
        DropoutPlan plan = DropoutPlan.Create(Basis, Recording.Length);

        // snippet: list_text
        Console.WriteLine(plan.NoiseShape);   // [1, 6]
        // end

        Assert.AreEqual("[1, 6]", plan.NoiseShape.ToString());
    }

    private static float Mean(int channel) => (float)Rows.SelectMany(row => row.Where((_, i) => i % 6 == channel))
        .Average(value => (double)value);

    // Whether each channel's elements, and no others, are as its coin says.
    private static bool EveryChannel(SpatialDropoutOptions options, Func<int, IEnumerable<int>> elementsOf)
    {
        var plan = DropoutPlan.Create(options, Recording.Length);
        var row = Enumerable.Repeat(1f, Recording.Length).ToArray();
        var keep = new bool[6];
        plan.DrawMask(new MaskKey(1), keep);
        plan.Apply(new MaskKey(1), row, row);
        return keep.Distinct().Count() == 2
            && Enumerable.Range(0, 6).All(c => elementsOf(c).Count() == 128 && elementsOf(c).All(i => (row[i] != 0) == keep[c]));
    }
}
