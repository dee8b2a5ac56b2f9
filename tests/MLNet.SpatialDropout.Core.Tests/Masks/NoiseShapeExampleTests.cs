namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The examples that explain noise shapes: everything that can happen under a shape happens, and nothing else does.
/// </summary>
[TestClass]
public sealed class NoiseShapeExampleTests
{
    private const int Draws = 5000;

    // Rate 0.5 and inverted scaling, as in the explanation: what is kept is doubled.
    private static readonly DropoutOptions Halved = new() { Rate = 0.5, Scaling = DropoutScaling.Inverted };

    [TestMethod]
    public void Under_SpatialDropout1D_a_channel_of_two_steps_lives_or_dies_as_one()
    {
        float[] data = [1, 1, 1, 2, 2, 2];
        var plan = DropoutPlan.Create(Halved with { Channels = 3, Seed = 1 }, data.Length);

        HashSet<string> seen = Outcomes(plan, data);

        string[] possible = [.. from a in new[] { 0, 1 } from b in new[] { 0, 1 } from c in new[] { 0, 1 }
                                select $"{2 * a},{2 * b},{2 * c},{4 * a},{4 * b},{4 * c}"];
        CollectionAssert.AreEquivalent(possible, seen.ToArray());
    }

    [TestMethod]
    public void Under_Dropout_each_element_has_its_own_coin()
    {
        float[] data = [1, 1, 1, 2, 2, 2];
        var plan = DropoutPlan.Create(Halved with { Shape = [2, 3], Seed = 1 }, data.Length);

        HashSet<string> seen = Outcomes(plan, data);

        Assert.AreEqual(6, plan.MaskLength);
        Assert.HasCount(64, seen, "all 2^6 masks occur");
        Assert.Contains("0,2,2,4,4,4", seen, "one step of a channel, without the other");
    }

    [TestMethod]
    public void Noise_222_on_222_has_8_coins_and_any_number_of_zeros()
    {
        var plan = DropoutPlan.Create(Halved with { Shape = [2, 2, 2], NoiseShape = [2, 2, 2], Seed = 2 }, 8);

        Assert.AreEqual(8, plan.MaskLength);
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8 }, ZeroCounts(row => Zeros(plan, row)));
    }

    [TestMethod]
    public void Noise_122_on_222_has_4_coins_and_an_even_number_of_zeros()
    {
        var plan = DropoutPlan.Create(Halved with { Shape = [2, 2, 2], NoiseShape = [1, 2, 2], Seed = 2 }, 8);

        Assert.AreEqual(4, plan.MaskLength);
        CollectionAssert.AreEqual(new[] { 0, 2, 4, 6, 8 }, ZeroCounts(row => Zeros(plan, row)));
    }

    /// <summary>The same with the first axis as the batch: two rows of [2, 2], sharing their mask or not.</summary>
    [TestMethod]
    [DataRow(false, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8 })]
    [DataRow(true, new[] { 0, 2, 4, 6, 8 })]
    public void A_batch_axis_of_1_is_a_mask_shared_across_rows(bool shared, int[] possible)
    {
        int[] counts = ZeroCounts(draw =>
        {
            // All rows of a view share one mask, so only another copy has another mask.
            var plan = DropoutPlan.Create(Halved with { Shape = [2, 2], SharedAcrossRows = shared, Seed = 2 }, 4);
            return Zeros(plan, new MaskKey(0, 0, draw.Copy)) + Zeros(plan, new MaskKey(1, 0, draw.Copy));
        });

        CollectionAssert.AreEqual(possible, counts);
    }

    [TestMethod]
    public void Noise_k11n_on_klmn_drops_whole_feature_maps()
    {
        const int Height = 3, Width = 4, Channels = 5;
        var plan = DropoutPlan.Create(
            Halved with { Shape = [Height, Width, Channels], NoiseShape = [1, 1, Channels], Seed = 3 },
            Height * Width * Channels);
        float[] ones = Enumerable.Repeat(1f, plan.Length).ToArray();
        var result = new float[plan.Length];
        var keep = new bool[Channels];
        var maps = new HashSet<string>();

        for (uint row = 0; row < 2000; row++)
        {
            plan.Apply(new MaskKey(row), ones, result);
            plan.DrawMask(new MaskKey(row), keep);
            for (int i = 0; i < result.Length; i++)
                Assert.AreEqual(keep[i % Channels] ? 2f : 0f, result[i]);
            maps.Add(string.Concat(keep));
        }

        Assert.HasCount(1 << Channels, maps, "all 2^5 combinations of maps occur");
    }

    private static HashSet<string> Outcomes(DropoutPlan plan, float[] data)
    {
        var result = new float[data.Length];
        var seen = new HashSet<string>();
        for (uint row = 0; row < Draws; row++)
        {
            plan.Apply(new MaskKey(row), data, result);
            seen.Add(string.Join(',', result));
        }

        return seen;
    }

    private static int[] ZeroCounts(Func<MaskKey, int> zerosOf) =>
        [.. Enumerable.Range(0, Draws).Select(draw => zerosOf(new MaskKey((ulong)draw, 0, (uint)draw))).Distinct().Order()];

    private static int Zeros(DropoutPlan plan, MaskKey row)
    {
        float[] values = Enumerable.Repeat(1f, plan.Length).ToArray();
        plan.Apply(row, values, values);
        return values.Count(value => value == 0);
    }
}
