using CsCheck;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What a plan draws without dropping anything: for backends, and for whoever asks what is lost.</summary>
[TestClass]
public sealed class DrawTests
{
    private static readonly DropoutOptions ThreeChannels = new() { Channels = 3, Rate = 0.5, Seed = 11 };

    [TestMethod]
    public void Masks_of_rows_equal_the_reference_for_random_options() =>
        Gen.Select(AnyOptions.ForPlans, AnyOptions.KeyLists).Sample((sized, keys) =>
        {
            (DropoutOptions options, int length) = sized;
            var plan = DropoutPlan.Create(options, length);
            var keep = new bool[keys.Length * plan.MaskLength];
            var changed = new bool[keys.Length];
            plan.DrawMasks(keys, keep, changed);

            CollectionAssert.AreEqual(
                keys.SelectMany(key => ReferenceDropout.Mask(options, key, plan.MaskLength)).ToArray(), keep, $"{plan}");
            CollectionAssert.AreEqual(keys.Select(key => ReferenceDropout.IsTouched(options, key)).ToArray(), changed, $"{plan}");

            var alone = new bool[keep.Length];
            plan.DrawMasks(keys, alone);
            CollectionAssert.AreEqual(keep, alone);
        });

    [TestMethod]
    public void Fills_and_outages_equal_the_reference_for_random_options() =>
        Gen.Select(AnyOptions.ForPlans, AnyOptions.MaskKeys).Sample((sized, key) =>
        {
            (DropoutOptions options, int length) = sized;
            var plan = DropoutPlan.Create(options, length);
            var fills = new int[plan.MaskLength];
            plan.DrawFills(key, fills);
            IReadOnlyList<DropoutFill> ofPlan = options.Fill.Fills ?? [options.Fill];
            for (int coin = 0; coin < fills.Length; coin++)
                Assert.AreEqual(ReferenceDropout.FillOf(options, key, coin), ofPlan[fills[coin]], $"{plan}, coin {coin}");

            int? channels = options.Channels ?? options.Groups?.Sum();
            Assert.AreEqual(
                ReferenceDropout.Outage(options, key, channels is null ? 1 : length / channels.Value), plan.DrawOutage(key), $"{plan}");
        });

    [TestMethod]
    public void Refuses_spans_of_another_length_and_writes_nothing()
    {
        var plan = DropoutPlan.Create(ThreeChannels with { Rate = 0 }, 6);
        MaskKey[] keys = [new(1), new(2)];
        var keep = new bool[7];

        Refuses("keep", "The span has 7 elements; masks of the plan for the keys have 6 elements.", () => plan.DrawMasks(keys, keep));
        Refuses(
            "changed", "The span has 3 elements; there are 2 keys.", () => plan.DrawMasks(keys, keep.AsSpan(1), new bool[3]));
        Refuses("fills", "The span has 4 elements; a mask of the plan has 3 elements.", () => plan.DrawFills(keys[0], new int[4]));
        Assert.DoesNotContain(true, keep);
    }

    private static void Refuses(string parameter, string message, Action draw)
    {
        var refusal = Assert.ThrowsExactly<ArgumentException>(draw);
        Assert.AreEqual(parameter, refusal.ParamName);
        Assert.StartsWith(message, refusal.Message);
    }
}
