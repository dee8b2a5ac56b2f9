using CsCheck;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class DropoutPlanTests
{
    private static readonly DropoutOptions ThreeChannels = new()
    {
        Channels = 3,
        Rate = 0.5,
        Scaling = DropoutScaling.Inverted,
        Seed = 11,
    };

    [TestMethod]
    public void Equals_the_reference_for_random_options() =>
        Gen.Select(AnyOptions.ForPlans, AnyOptions.MaskKeys).Sample((sized, row) =>
        {
            (DropoutOptions options, int length) = sized;
            var plan = DropoutPlan.Create(options, length);
            float[] floats = [.. Enumerable.Range(0, length).Select(i => i % 11 == 5 ? float.NaN : i - 3.7f)];
            double[] doubles = [.. floats.Select(value => (double)value)];

            var keep = new bool[plan.MaskLength];
            plan.DrawMask(row, keep);
            CollectionAssert.AreEqual(ReferenceDropout.Mask(options, row, plan.MaskLength), keep);

            var dropped = new float[length];
            plan.Apply(row, floats, dropped);
            Bits.AreEqual<float>(ReferenceDropout.Apply<float>(options, row, floats), dropped, $"{plan}:");

            double[] expected = ReferenceDropout.Apply<double>(options, row, doubles);
            plan.Apply(row, doubles, doubles);
            Bits.AreEqual<double>(expected, doubles, $"in place, {plan}:");
        });

    [TestMethod]
    public void A_dropped_NaN_or_infinity_becomes_the_fill()
    {
        var plan = DropoutPlan.Create(ThreeChannels with { Rate = 1 }, 6);
        float[] row = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1, -0f, float.MaxValue];

        plan.Apply(new MaskKey(0), row, row);

        Bits.AreEqual<float>([0, 0, 0, 0, 0, 0], row);
    }

    [TestMethod]
    public void Rate_0_touches_no_bit()
    {
        var plan = DropoutPlan.Create(ThreeChannels with { Rate = 0 }, 6);
        float[] row = [BitConverter.UInt32BitsToSingle(0x7F800001), -0f, float.Epsilon, float.NaN, float.MaxValue, 1];
        float[] before = [.. row];

        plan.Apply(new MaskKey(0), row, row);

        Bits.AreEqual<float>(before, row);
    }

    [TestMethod]
    [DataRow(0.5, DropoutScaling.Inverted, 2f)]
    [DataRow(0.3, DropoutScaling.Inverted, 1.4285715f)]
    [DataRow(0.3, DropoutScaling.None, 1f)]
    public void Kept_values_are_scaled(double rate, DropoutScaling scaling, float expected)
    {
        var plan = DropoutPlan.Create(ThreeChannels with { Channels = 1000, Rate = rate, Scaling = scaling }, 1000);
        float[] row = Enumerable.Repeat(1f, 1000).ToArray();

        plan.Apply(new MaskKey(0), row, row);

        CollectionAssert.AreEquivalent(new[] { 0f, expected }, row.Distinct().ToArray());
    }

    [TestMethod]
    public void A_constant_fill_or_missing_replaces_dropped_values_and_scales_nothing()
    {
        DropoutOptions unscaled = ThreeChannels with { Channels = 300, Scaling = DropoutScaling.None };
        float[] row = Enumerable.Repeat(4f, 300).ToArray();
        var result = new float[300];

        DropoutPlan.Create(unscaled with { Fill = DropoutFill.Constant(-1.5) }, 300).Apply(new MaskKey(0), row, result);
        CollectionAssert.AreEquivalent(new[] { 4f, -1.5f }, result.Distinct().ToArray());

        DropoutPlan.Create(unscaled with { Fill = DropoutFill.Missing }, 300).Apply(new MaskKey(0), row, result);
        CollectionAssert.AreEquivalent(new[] { 4f, float.NaN }, result.Distinct().ToArray());
    }

    [TestMethod]
    public void Drops_about_as_often_as_the_rate_says()
    {
        // For 100,000 tosses at rate 0.3 the standard deviation is 145. Five of them are exceeded for one seed in two million.
        var plan = DropoutPlan.Create(ThreeChannels with { Channels = 100, Rate = 0.3 }, 100);
        var keep = new bool[100];
        int dropped = 0;
        for (uint row = 0; row < 1000; row++)
        {
            plan.DrawMask(new MaskKey(row), keep);
            dropped += keep.Count(kept => !kept);
        }

        Assert.AreEqual(30_000, dropped, delta: 725);
    }

    /// <summary>The threshold is rounded down, and a word that equals it is kept.</summary>
    [TestMethod]
    [DataRow(-1.0, false)]
    [DataRow(0.0, false)]
    [DataRow(0.6, false)]
    [DataRow(1.0, true)]
    public void A_coin_drops_below_the_threshold(double rateAboveTheWord, bool drops)
    {
        uint word = ReferenceDropout.Philox([0, 0, 0, 0], [11, 0])[0];
        var plan = DropoutPlan.Create(ThreeChannels with { Channels = 1, Rate = (word + rateAboveTheWord) / 4294967296.0 }, 1);
        var keep = new bool[1];

        plan.DrawMask(new MaskKey(0), keep);

        Assert.AreEqual(!drops, keep[0]);
    }

    [TestMethod]
    public void Says_which_rows_are_touched_and_what_becomes_of_a_channel()
    {
        var plan = DropoutPlan.Create(
            ThreeChannels with { Rate = null, Rates = [0, 0.5, 0.75], RowProbability = 0.5, Seed = 4 }, 12);
        Assert.AreEqual((1f, 2f, 4f), (plan.GetScale(0), plan.GetScale(1), plan.GetScale(2)));
        Assert.AreEqual((0.0, 0.0), (plan.GetFill(0), plan.GetFill(2)));
        var constant = DropoutPlan.Create(
            ThreeChannels with { Scaling = DropoutScaling.None, Fill = DropoutFill.Constant(7.5f) }, 12);
        Assert.AreEqual(7.5, constant.GetFill(2));

        int touched = 0;
        for (ulong row = 0; row < 100; row++)
        {
            float[] values = Enumerable.Repeat(1f, 12).ToArray();
            bool isTouched = plan.DrawMask(new MaskKey(row), new bool[3]);
            plan.Apply(new MaskKey(row), values, values);
            Assert.AreEqual(isTouched, values.Any(value => value != 1), $"row {row}");
            touched += isTouched ? 1 : 0;
        }

        Assert.IsInRange(20, 80, touched);
    }

    /// <summary>The same for the whole row: its word v[0] against the threshold of RowProbability.</summary>
    [TestMethod]
    [DataRow(0.0, false)]
    [DataRow(0.6, false)]
    [DataRow(1.0, true)]
    public void A_row_is_touched_below_the_threshold(double probabilityAboveTheWord, bool touched)
    {
        uint word = ReferenceDropout.Philox([0xFFFFFFFF, 0, 0, 0], [11, 0])[0];
        var plan = DropoutPlan.Create(
            ThreeChannels with { Rate = 1, RowProbability = (word + probabilityAboveTheWord) / 4294967296.0 }, 3);
        var keep = new bool[3];

        plan.DrawMask(new MaskKey(0), keep);

        Assert.AreEqual(!touched, keep[0]);
    }

    [TestMethod]
    public void Seed_row_and_copy_each_change_the_mask()
    {
        string Mask(int seed, MaskKey row)
        {
            var keep = new bool[64];
            DropoutPlan.Create(ThreeChannels with { Channels = 64, Seed = seed }, 64).DrawMask(row, keep);
            return string.Concat(keep);
        }

        string[] masks =
        [
            Mask(1, new MaskKey(1)), Mask(2, new MaskKey(1)), Mask(-1, new MaskKey(1)), Mask(1, new MaskKey(2)),
            Mask(1, new MaskKey(1UL << 40)), Mask(1, new MaskKey(1, 1)), Mask(1, new MaskKey(1, 1UL << 40)),
            Mask(1, new MaskKey(1, 0, 1)),
        ];
        Assert.HasCount(masks.Length, masks.Distinct().ToArray());
        Assert.AreEqual(masks[0], Mask(1, new MaskKey(1)));
    }

    [TestMethod]
    public void Refuses_spans_of_another_length()
    {
        var plan = DropoutPlan.Create(ThreeChannels, 6);
        Assert.ThrowsExactly<ArgumentException>(() => plan.Apply(new MaskKey(0), new float[5], new float[6]));
        Assert.ThrowsExactly<ArgumentException>(() => plan.Apply(new MaskKey(0), new float[6], new float[7]));
        Assert.ThrowsExactly<ArgumentException>(() => plan.Apply(new MaskKey(0), new double[1], new double[6]));
        var refusal = Assert.ThrowsExactly<ArgumentException>(() => plan.DrawMask(new MaskKey(0), new bool[6]));
        StringAssert.Contains(refusal.Message, "The span has 6 elements; a mask of the plan has 3 elements.");
    }

    [TestMethod]
    public void Refuses_memory_that_overlaps_without_being_the_same()
    {
        var plan = DropoutPlan.Create(ThreeChannels, 6);
        var memory = new float[8];
        Assert.ThrowsExactly<ArgumentException>(() => plan.Apply(new MaskKey(0), memory.AsSpan(0, 6), memory.AsSpan(1, 6)));
        Assert.ThrowsExactly<ArgumentException>(() => plan.Apply(new MaskKey(0), memory.AsSpan(2, 6), memory.AsSpan(1, 6)));
        plan.Apply(new MaskKey(0), memory.AsSpan(1, 6), memory.AsSpan(1, 6));
    }

    [TestMethod]
    public void Allocates_nothing_per_row()
    {
        var plan = DropoutPlan.Create(ThreeChannels with { Channels = 6 }, 768);
        float[] row = new float[768];
        for (uint i = 0; i < 100; i++)
            plan.Apply(new MaskKey(i), row, row);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (uint i = 0; i < 1000; i++)
            plan.Apply(new MaskKey(i), row, row);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Says_what_it_is()
    {
        var plan = DropoutPlan.Create(ThreeChannels, 12);
        Assert.AreEqual("rows of [4, 3], noise [1, 3], rate 0.5, fill Zero, scaling Inverted, seed 11", plan.ToString());
        Assert.AreEqual(
            "rows of [4, 3], noise [1, 3], rates [0.1, 0.2, 0.3], one mask for all rows, fill Missing, scaling None, seed 11",
            DropoutPlan.Create(
                ThreeChannels with
                {
                    Rate = null,
                    Rates = [0.1, 0.2, 0.3],
                    SharedAcrossRows = true,
                    Scaling = DropoutScaling.None,
                    Fill = DropoutFill.Missing,
                },
                12).ToString());
        Assert.AreEqual(
            "rows of [4, 3], noise [1, 3], 1 to 2 dropped, at least 1 kept, row probability 0.5, fill Zero, scaling None,"
                + " seed 11",
            DropoutPlan.Create(
                ThreeChannels with
                {
                    Rate = null,
                    DroppedChannels = (1, 2),
                    MinKept = 1,
                    RowProbability = 0.5,
                    Scaling = DropoutScaling.None,
                },
                12).ToString());
        CollectionAssert.AreEqual(new[] { 4, 3 }, plan.Shape.ToArray());
        CollectionAssert.AreEqual(new[] { 1, 3 }, plan.NoiseShape.ToArray());
        Assert.AreEqual(3, plan.MaskLength);
        Assert.AreEqual(12, plan.Length);
    }
}
