using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The examples in the documentation of <see cref="DropoutPlan"/>; see <see cref="PublicApiTests"/>.</summary>
[TestClass]
public sealed class PlanExamples
{
    private static readonly SpatialDropoutOptions Options = new() { Channels = 6, Rate = 0.3, Seed = 7 };

    private static readonly DropoutPlan Plan = DropoutPlan.Create(Options, Recording.Length);

    [TestMethod]
    public void In_place()
    {
        float[] row = Ones(rows: 1);

        // snippet: plan_in_place
        var plan = DropoutPlan.Create(new SpatialDropoutOptions { Channels = 6, Rate = 0.3, Seed = 7 }, length: 128 * 6);
        plan.Apply(new MaskKey(42), row, row);   // in place
        // end

        CollectionAssert.AreEqual(Mask(42), Recordings.Lost(row).Select(lost => !lost).ToArray());
    }

    [TestMethod]
    public void Create()
    {
        SpatialDropoutOptions options = Options with { Seed = null };

        // snippet: plan_create
        var plan = DropoutPlan.Create(options with { Seed = 7 }, length: 128 * 6);   // no MLContext: the seed must be set
        // end

        Assert.AreEqual(7, plan.Options.Seed);
        Assert.ThrowsExactly<ArgumentException>(() => DropoutPlan.Create(options, length: 128 * 6));
    }

    [TestMethod]
    public void PlanOptions()
    {
        DropoutPlan plan = Plan;

        // snippet: plan_options
        var longer = DropoutPlan.Create(plan.Options, length: 256 * 6);   // the same masks, for twice as many steps
        // end

        var keep = new bool[6];
        longer.DrawMask(new MaskKey(42), keep);
        CollectionAssert.AreEqual(Mask(42), keep);
        Assert.AreEqual(ValueList.Create(256, 6), longer.Shape);
    }

    [TestMethod]
    public void Length()
    {
        DropoutPlan plan = Plan;
        int rows = 32;

        // snippet: plan_length
        float[] batch = new float[rows * plan.Length];   // plan.Length is 768: 128 steps of 6 channels
        // end

        Assert.AreEqual(768, plan.Length);
        plan.ApplyRows(new MaskKey(0), batch, batch);
    }

    [TestMethod]
    public void Shape()
    {
        DropoutPlan plan = Plan;

        // snippet: plan_shape
        int steps = plan.Shape[0];   // 128, of a plan for 6 channels and vectors of length 768
        // end

        Assert.AreEqual(128, steps);
        Assert.AreEqual(768, plan.Length);
    }

    [TestMethod]
    public void NoiseShape()
    {
        DropoutPlan plan = Plan;

        // snippet: plan_noise_shape
        bool isLostForAllSteps = plan.NoiseShape[0] == 1;   // true for [1, 6]: a coin for each channel, and none for steps
        // end

        Assert.AreEqual(ValueList.Create(1, 6), plan.NoiseShape);
        Assert.IsTrue(isLostForAllSteps);
    }

    [TestMethod]
    public void CoinCount()
    {
        DropoutPlan plan = Plan;

        // snippet: plan_coin_count
        Span<bool> keep = stackalloc bool[plan.CoinCount];   // 6, one for each channel
        // end

        Assert.AreEqual(6, keep.Length);
        plan.DrawMask(new MaskKey(42), keep);
        CollectionAssert.AreEqual(Mask(42), keep.ToArray());
    }

    [TestMethod]
    public void DrawMask()
    {
        DropoutPlan plan = Plan;

        // snippet: plan_draw_mask
        var keep = new bool[plan.CoinCount];
        bool isTouched = plan.DrawMask(new MaskKey(42), keep);   // keep[2] is false where row 42 loses channel 2
        // end

        Assert.IsTrue(isTouched);
        float[] row = Ones(rows: 1);
        plan.Apply(new MaskKey(42), row, row);
        CollectionAssert.AreEqual(keep, Recordings.Lost(row).Select(lost => !lost).ToArray());
    }

    [TestMethod]
    public void GetScale()
    {
        DropoutPlan plan = Plan;

        // snippet: plan_scale
        float scale = plan.GetScale(coin: 2);   // 1 / (1 - 0.3) = 1.4285715 at rate 0.3; 1 where Scaling is None
        // end

        Assert.AreEqual(1.4285715f, scale);
        Assert.AreEqual(1, DropoutPlan.Create(Options with { Scaling = DropoutScaling.None }, Recording.Length).GetScale(2));
    }

    [TestMethod]
    public void GetFill()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView train = Recordings.Load(mlContext);
        var stage = mlContext.Transforms.SpatialDropout(
            new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Fill = DropoutFill.ChannelMean });

        // snippet: plan_fill
        double mean = stage.Fit(train).Plan.GetFill(coin: 2);   // of channel 2 in the training data, as its Fill is ChannelMean
        // end

        IEnumerable<float> channel = Recordings.Read(train).SelectMany(row => row.Where((_, i) => i % 6 == 2));
        Assert.AreEqual(channel.Average(value => (double)value), mean, 1e-9);
    }

    [TestMethod]
    public void Apply()
    {
        DropoutPlan plan = Plan;
        float[] row = Ones(rows: 1);

        // snippet: plan_apply
        var dropped = new float[plan.Length];
        plan.Apply(new MaskKey(42), source: row, destination: dropped);   // row itself stays as it is
        // end

        CollectionAssert.AreEqual(Ones(rows: 1), row);
        CollectionAssert.AreEqual(Mask(42), Recordings.Lost(dropped).Select(lost => !lost).ToArray());
    }

    [TestMethod]
    public void ApplyRows()
    {
        DropoutPlan plan = Plan;
        float[] batch = Ones(rows: 3);

        // snippet: plan_rows
        plan.ApplyRows(new MaskKey(0), batch, batch);   // rows 0, 1, 2, ... of a batch, in place
        // end

        for (int row = 0; row < 3; row++)
            CollectionAssert.AreEqual(
                Mask((ulong)row), Recordings.Lost(batch.AsSpan(row * 768, 768)).Select(lost => !lost).ToArray());
    }

    [TestMethod]
    public void ApplyRows_with_keys()
    {
        DropoutPlan plan = Plan;
        string[] sessions = ["session 7", "session 8", "session 7"];
        float[] batch = Ones(rows: 3);

        // snippet: plan_keys
        MaskKey[] keys = [.. sessions.Select(session => MaskKey.FromText(session))];
        plan.ApplyRows(keys, batch, batch);   // rows of one session lose the same channels
        // end

        Assert.IsTrue(batch.AsSpan(0, 768).SequenceEqual(batch.AsSpan(2 * 768, 768)));
        Assert.IsFalse(batch.AsSpan(0, 768).SequenceEqual(batch.AsSpan(768, 768)));
    }

    [TestMethod]
    public void Text()
    {
        DropoutPlan plan = Plan;

        // snippet: plan_text
        Console.WriteLine(plan);   // rows of [128, 6], noise [1, 6], rate 0.3, fill Zero, scaling Inverted, seed 7
        // end

        Assert.AreEqual("rows of [128, 6], noise [1, 6], rate 0.3, fill Zero, scaling Inverted, seed 7", plan.ToString());
    }

    private static float[] Ones(int rows) => Enumerable.Repeat(1f, rows * Recording.Length).ToArray();

    private static bool[] Mask(ulong row)
    {
        var keep = new bool[6];
        Plan.DrawMask(new MaskKey(row), keep);
        return keep;
    }
}
