using System.Numerics.Tensors;
using MLNet.SpatialDropout.Tests;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The plan on spans, against copying the same rows.</summary>
internal static class SpanComparisons
{
    private const int BytesInMemory = 120_000_000;

    // Scaled, so that kernels multiply.
    private static readonly DropoutOptions Scaled = new() { Rate = 0.3, Scaling = DropoutScaling.Inverted, Seed = 7 };

    private static readonly DropoutOptions ByChannel = Scaled with { Channels = 6 };

    private static readonly DropoutOptions SixtyFourCoins = ByChannel with { Channels = 64 };

    public static IEnumerable<Comparison> All =>
    [
        Apply("128 x 6, 120 MB", ByChannel, 128 * 6, BytesInMemory, 1.15),
        Apply("128 x 6, in L2", ByChannel, 128 * 6, SpanRows.BytesInL2, 1.25),
        Apply("128 x 7, groups [3, 3, 1], in L2", Scaled with { Groups = [3, 3, 1] }, 128 * 7, SpanRows.BytesInL2, 1.25),
        Apply("128 x 6, LastValue, in L2", Stuck, 128 * 6, SpanRows.BytesInL2, 1.5),
        Apply("128 x 6, OneOf, in L2", AnyFailure, 128 * 6, SpanRows.BytesInL2, 1.5),
        new("Apply, 128 x 6, OutageSteps (1, 128)", "Apply, all steps", Bar.AtMost(1), () => AgainstAllSteps(ByChannel)),
        new(
            "Apply, channels first, OutageSteps (1, 128)", "Apply, all steps", Bar.AtMost(1),
            () => AgainstAllSteps(ByChannel with { Layout = ChannelLayout.ChannelsFirst })),
        new("Apply in place, 128 x 6, OutageSteps (1, 128)", "Apply in place, all steps", null, () => AgainstAllSteps(
            ByChannel, (spans, plan) => spans.InPlace(
                (row, source, destination) => plan.Apply(new MaskKey((ulong)row), source, destination)))),
        Apply("1024 x 64, in L2", ByChannel with { Channels = 64 }, 1024 * 64, SpanRows.BytesInL2, 1.25),
        Apply("100 x 3, in L2", ByChannel with { Channels = 3 }, 100 * 3, SpanRows.BytesInL2, 2.5),
        Apply("30 x 12, in L2", ByChannel with { Channels = 12 }, 30 * 12, SpanRows.BytesInL2, 2.5),
        ApplyRows("128 x 6, in L2", ByChannel, 128 * 6, SpanRows.BytesInL2, 1.25),
        ApplyRows("128 x 7, groups [3, 3, 1], in L2", Scaled with { Groups = [3, 3, 1] }, 128 * 7, SpanRows.BytesInL2, 1.25),
        ApplyRows("128 x 6, LastValue, in L2", Stuck, 128 * 6, SpanRows.BytesInL2, 1.5),
        ApplyRows("128 x 6, OneOf, in L2", AnyFailure, 128 * 6, SpanRows.BytesInL2, 1.5),
        ApplyRows("100 x 3, in L2", ByChannel with { Channels = 3 }, 100 * 3, SpanRows.BytesInL2, 2.5),
        ApplyRows("30 x 12, in L2", ByChannel with { Channels = 12 }, 30 * 12, SpanRows.BytesInL2, 2.5),
        new("Apply in place, 128 x 6, 120 MB", "multiplying by 1.0 in place", Bar.AtMost(1.1), InPlace),
        Apply(
            "channels first, 6 x 128, in L2", ByChannel with { Layout = ChannelLayout.ChannelsFirst }, 6 * 128,
            SpanRows.BytesInL2, 1.5),
        Apply(
            "[16, 16, 8], noise [1, 16, 8], in L2",
            Scaled with { Shape = [16, 16, 8], NoiseShape = [1, 16, 8] },
            16 * 16 * 8, SpanRows.BytesInL2, 1.5),
        Apply("plain dropout, 768, in L2", Scaled with { PerElement = true }, 768, SpanRows.BytesInL2, 6),
        new("DrawMask, 64 coins", "the scalar reference of the tests", Bar.TimesFaster(6), () => Masks((row, keep) =>
            ReferenceDropout.Mask(SixtyFourCoins, new MaskKey(row), keep.Length).CopyTo(keep, 0))),
        new("scalar Philox without arrays, 64 coins", "DrawMask", null, () => Swapped(Masks((row, keep) =>
            ScalarPhilox.DrawMask(seed: 7, row, rate: 0.3, keep)))),
    ];

    private static DropoutOptions Stuck => ByChannel with { Scaling = DropoutScaling.None, Fill = DropoutFill.LastValue };

    private static DropoutOptions AnyFailure =>
        Stuck with { Fill = DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing, DropoutFill.LastValue) };

    private static Sides AgainstAllSteps(DropoutOptions options, Func<SpanRows, DropoutPlan, Action>? dropping = null)
    {
        dropping ??= (spans, plan) => spans.Dropping(plan);
        const int Length = 128 * 6;
        var spans = new SpanRows(Length, SpanRows.BytesInL2);
        DropoutOptions whole = options with { Scaling = DropoutScaling.None };
        return new Sides(
            dropping(spans, DropoutPlan.Create(whole with { OutageSteps = (1, 128) }, Length)),
            dropping(spans, DropoutPlan.Create(whole, Length)),
            spans.Count);
    }

    private static Comparison Apply(string rows, DropoutOptions options, int length, int bytes, double limit) =>
        new($"Apply, {rows}", "CopyTo", Bar.AtMost(limit), () =>
        {
            var spans = new SpanRows(length, bytes);
            return new Sides(spans.Dropping(DropoutPlan.Create(options, length)), spans.Copying(), spans.Count);
        });

    private static Comparison ApplyRows(string rows, DropoutOptions options, int length, int bytes, double limit) =>
        new($"ApplyRows, {rows}", "CopyTo", Bar.AtMost(limit), () =>
        {
            var spans = new SpanRows(length, bytes);
            return new Sides(spans.DroppingAllRows(DropoutPlan.Create(options, length)), spans.Copying(), spans.Count);
        });

    private static Sides InPlace()
    {
        const int Length = 128 * 6;
        var spans = new SpanRows(Length, BytesInMemory);
        DropoutPlan plan = DropoutPlan.Create(ByChannel, Length);
        return new Sides(
            spans.InPlace((row, source, destination) => plan.Apply(new MaskKey((ulong)row), source, destination)),
            spans.InPlace((_, source, destination) => TensorPrimitives.Multiply(source, 1f, destination)),
            spans.Count);
    }

    private static Sides Masks(Action<ulong, bool[]> draw)
    {
        const int Rows = 1000;
        var keep = new bool[SixtyFourCoins.Channels!.Value];
        DropoutPlan plan = DropoutPlan.Create(SixtyFourCoins, keep.Length);
        return new Sides(
            () =>
            {
                for (int row = 0; row < Rows; row++)
                    plan.DrawMask(new MaskKey((ulong)row), keep);
            },
            () =>
            {
                for (int row = 0; row < Rows; row++)
                    draw((ulong)row, keep);
            },
            Rows);
    }

    private static Sides Swapped(Sides sides) => new(sides.Against, sides.Measured, sides.Rows);
}
