namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The examples in the documentation of <see cref="DropoutPlan"/>; see <see cref="PublicApiTests"/>. (That of its GetFill is in
/// the tests of the ML.NET half, which learns fills.)
/// </summary>
[TestClass]
public sealed class PlanExamples
{
    private const int Channels = 6;
    private const int Length = 128 * Channels;

    private static readonly DropoutOptions Options = new() { Channels = Channels, Rate = 0.3, Seed = 7 };

    private static readonly DropoutPlan Plan = DropoutPlan.Create(Options, Length);

    [TestMethod]
    public void In_place()
    {
        float[] row = Rows(1);

        // snippet: plan_in_place
        var plan = DropoutPlan.Create(new DropoutOptions { Channels = 6, Rate = 0.3, Seed = 7 }, length: 128 * 6);
        plan.Apply(new MaskKey(42), row, row);   // in place
        // end

        CollectionAssert.AreEqual(Dropped(new MaskKey(42)), row);
    }

    [TestMethod]
    public void Create()
    {
        DropoutOptions options = Options with { Seed = null };

        // snippet: plan_create
        var plan = DropoutPlan.Create(options with { Seed = 7 }, length: 128 * 6);
        // end

        Assert.AreEqual(7, plan.Options.Seed);
        CollectionAssert.AreEqual(new[] { 128, 6 }, plan.Shape.ToArray());
    }

    [TestMethod]
    public void DrawMask()
    {
        DropoutPlan plan = Plan;

        // snippet: plan_draw_mask
        var keep = new bool[plan.MaskLength];
        bool isChanged = plan.DrawMask(new MaskKey(42), keep);   // keep[2] is false if row 42 loses channel 2
        // end

        Assert.IsTrue(isChanged);
        float[] row = Dropped(new MaskKey(42));
        for (int i = 0; i < row.Length; i++)
            Assert.AreEqual(keep[i % Channels], row[i] != 0);
    }

    [TestMethod]
    public void DrawMasks()
    {
        DropoutPlan plan = Plan;
        MaskKey[] keys = [new(41), new(42)];

        // snippet: plan_draw_masks
        var keep = new bool[keys.Length * plan.MaskLength];
        plan.DrawMasks(keys, keep);   // keep[row * plan.MaskLength + 2] is false if the row loses channel 2
        // end

        for (int row = 0; row < keys.Length; row++)
            Assert.AreEqual(keep[(row * plan.MaskLength) + 2], Dropped(keys[row])[2] != 0);
        Assert.IsTrue(keep.Contains(false));
    }

    [TestMethod]
    public void DrawFills()
    {
        var plan = DropoutPlan.Create(Options with { Rate = 1, Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing) }, Length);

        // snippet: plan_draw_fills
        var fills = new int[plan.MaskLength];
        plan.DrawFills(new MaskKey(42), fills);   // with OneOf(Zero, Missing): a lost channel 2 of row 42 reads NaN if fills[2] is 1
        // end

        float[] row = Rows(1);
        plan.Apply(new MaskKey(42), row, row);
        for (int i = 0; i < row.Length; i++)
            Assert.AreEqual(fills[i % Channels] == 1, float.IsNaN(row[i]));
        CollectionAssert.AreEquivalent(new[] { 0, 1 }, fills.Distinct().ToArray());
    }

    [TestMethod]
    public void DrawOutage()
    {
        var plan = DropoutPlan.Create(Options with { Rate = 1, OutageSteps = (20, 50) }, Length);

        // snippet: plan_draw_outage
        (int first, int count) = plan.DrawOutage(new MaskKey(42));   // row 42 loses the steps first to first + count - 1
        // end

        float[] row = Rows(1);
        plan.Apply(new MaskKey(42), row, row);
        for (int i = 0; i < row.Length; i++)
            Assert.AreEqual(i / Channels >= first && i / Channels < first + count, row[i] == 0);
    }

    [TestMethod]
    [DataRow(DropoutScaling.None, 1f)]
    [DataRow(DropoutScaling.Inverted, 1.4285715f)]
    public void GetScale(DropoutScaling scaling, float expected)
    {
        var plan = DropoutPlan.Create(Options with { Scaling = scaling }, Length);

        // snippet: plan_scale
        float scale = plan.GetScale(channel: 2);   // 1; with inverted scaling and rate 0.3, 1 / (1 - 0.3) = 1.4285715
        // end

        Assert.AreEqual(expected, scale);
    }

    [TestMethod]
    public void Apply()
    {
        DropoutPlan plan = Plan;
        float[] row = Rows(1);

        // snippet: plan_apply
        var dropped = new float[plan.Length];
        plan.Apply(new MaskKey(42), source: row, destination: dropped);   // row itself does not change
        // end

        CollectionAssert.AreEqual(Rows(1), row);
        CollectionAssert.AreEqual(Dropped(new MaskKey(42)), dropped);
    }

    [TestMethod]
    public void ApplyRows()
    {
        DropoutPlan plan = Plan;
        float[] batch = Rows(3);

        // snippet: plan_rows
        plan.ApplyRows(new MaskKey(0), batch, batch);   // rows 0, 1, 2, ... of a batch, in place
        // end

        CollectionAssert.AreEqual(
            new float[][] { Dropped(new MaskKey(0)), Dropped(new MaskKey(1)), Dropped(new MaskKey(2)) }.SelectMany(row => row)
                .ToArray(),
            batch);
    }

    [TestMethod]
    public void ApplyRows_with_keys()
    {
        DropoutPlan plan = Plan;
        string[] sessions = ["session 7", "session 8", "session 7"];
        float[] batch = Rows(3);

        // snippet: plan_keys
        MaskKey[] keys = [.. sessions.Select(session => MaskKey.FromText(session))];
        plan.ApplyRows(keys, batch, batch);   // rows of one session lose the same channels
        // end

        Assert.IsTrue(batch.AsSpan(0, Length).SequenceEqual(batch.AsSpan(2 * Length, Length)));
        Assert.IsFalse(batch.AsSpan(0, Length).SequenceEqual(batch.AsSpan(Length, Length)));
    }

    private static float[] Rows(int count) => [.. Enumerable.Repeat(1f, count * Length)];

    // A row of ones, by the scalar reference.
    private static float[] Dropped(MaskKey key) => ReferenceDropout.Apply<float>(Options, key, Rows(1));
}
