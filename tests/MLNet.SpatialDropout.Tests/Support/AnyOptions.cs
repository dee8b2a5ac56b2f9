using CsCheck;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Random options that are right, with a vector length that they fit.</summary>
internal static class AnyOptions
{
    private static readonly Gen<(SpatialDropoutOptions Options, int Length)> ByChannels =
        from channels in Gen.Int[1, 40]
        from time in Gen.Int[1, 40]
        from layout in Gen.Enum<ChannelLayout>()
        select (new SpatialDropoutOptions { Channels = channels, Layout = layout }, channels * time);

    private static readonly Gen<(SpatialDropoutOptions Options, int Length)> ByShape =
        from axes in Gen.Select(Gen.Int[1, 6], Gen.Bool).Array[1, 4]
        let shape = DropoutShape.Create(axes.Select(axis => axis.Item1).ToArray())
        let noise = DropoutShape.Create(axes.Select(axis => axis.Item2 ? axis.Item1 : 1).ToArray())
        select (new SpatialDropoutOptions { Shape = shape, NoiseShape = noise }, shape.Aggregate(1, (product, size) => product * size));

    private static readonly Gen<DropoutFill> Fills =
        Gen.OneOf(Gen.Const(DropoutFill.Zero), Gen.Const(DropoutFill.Missing), Gen.Double[-9, 9].Select(DropoutFill.Constant));

    /// <summary>Options that a plan looks at.</summary>
    public static readonly Gen<(SpatialDropoutOptions Options, int Length)> ForPlans =
        from sized in Gen.OneOf(ByChannels, ByShape)
        from rate in Gen.OneOf(Gen.Const(0.0), Gen.Const(1.0), Gen.Double.Unit)
        from fill in Fills
        from scales in Gen.Bool
        from shared in Gen.Bool
        from seed in Gen.Int
        select (sized.Options with
        {
            OutputColumnName = "Features",
            Rate = rate,
            Fill = fill,
            Scaling = scales ? null : DropoutScaling.None,
            SharedAcrossRows = shared,
            Seed = seed,
        }, sized.Length);

    /// <summary>And those that a view looks at.</summary>
    public static readonly Gen<(SpatialDropoutOptions Options, int Length)> ForViews =
        from sized in ForPlans
        from copies in Gen.Int[1, 4]
        from keepOriginal in Gen.Bool
        select (sized.Options with { Copies = copies, KeepOriginal = keepOriginal }, sized.Length);

    public static readonly Gen<RowKey> RowKeys =
        Gen.Select(Gen.ULong, Gen.OneOf(Gen.Const(0UL), Gen.ULong), Gen.UInt, (low, high, copy) => new RowKey(low, high, copy));
}
