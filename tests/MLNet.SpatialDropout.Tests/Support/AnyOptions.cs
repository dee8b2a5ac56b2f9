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
        let shape = ValueList.Create(axes.Select(axis => axis.Item1).ToArray())
        let noise = ValueList.Create(axes.Select(axis => axis.Item2 ? axis.Item1 : 1).ToArray())
        select (
            new SpatialDropoutOptions { Shape = shape, NoiseShape = noise },
            shape.Aggregate(1, (product, size) => product * size));

    private static readonly Gen<(SpatialDropoutOptions Options, int Length)> ByElement =
        from length in Gen.Int[1, 200]
        select (new SpatialDropoutOptions { PerElement = true }, length);

    private static readonly Gen<DropoutFill> Fills =
        Gen.OneOf(Gen.Const(DropoutFill.Zero), Gen.Const(DropoutFill.Missing), Gen.Double[-9, 9].Select(DropoutFill.Constant));

    private static readonly Gen<double> Probabilities = Gen.OneOf(Gen.Const(0.0), Gen.Const(1.0), Gen.Double.Unit);

    /// <summary>Options that a plan looks at.</summary>
    public static readonly Gen<(SpatialDropoutOptions Options, int Length)> ForPlans =
        from sized in Gen.OneOf(ByChannels, ByShape, ByElement)
        let coins = Coins(sized.Options, sized.Length)
        from frequency in Frequencies(coins)
        from fill in Fills
        from scales in Gen.Bool
        from shared in Gen.Bool
        from minKept in Gen.OneOf(Gen.Const(0), Gen.Int[0, coins])
        from rowProbability in Gen.OneOf(Gen.Const(1.0), Probabilities)
        from seed in Gen.Int
        let options = frequency(sized.Options)
        let mayScale = fill == DropoutFill.Zero && options.DroppedChannels is null
        let dropsForSure = options.Rates?.Contains(1) ?? options.Rate == 1
        let keptForSure = options.Rates?.Count(rate => rate == 0) ?? 0
        select (options with
        {
            OutputColumnName = "Features",
            Fill = fill,
            Scaling = scales && mayScale && !(dropsForSure && minKept > keptForSure)
                ? DropoutScaling.Inverted
                : DropoutScaling.None,
            SharedAcrossRows = shared,
            MinKept = minKept,
            RowProbability = rowProbability,
            Seed = seed,
        }, sized.Length);

    /// <summary>And those that a view looks at.</summary>
    public static readonly Gen<(SpatialDropoutOptions Options, int Length)> ForViews =
        from sized in ForPlans
        from copies in Gen.Int[1, 4]
        from keepOriginal in Gen.Bool
        from byKey in Gen.Bool
        select (sized.Options with
        {
            Copies = copies,
            KeepOriginal = keepOriginal,
            MaskKeyColumnName = byKey && !sized.Options.SharedAcrossRows ? "Number" : null,
        }, sized.Length);

    public static readonly Gen<MaskKey> MaskKeys =
        Gen.Select(Gen.ULong, Gen.OneOf(Gen.Const(0UL), Gen.ULong), Gen.UInt, (low, high, copy) => new MaskKey(low, high, copy));

    private static int Coins(SpatialDropoutOptions options, int length) =>
        options.PerElement ? length : options.Channels ?? options.NoiseShape!.Aggregate(1, (product, size) => product * size);

    private static Gen<Func<SpatialDropoutOptions, SpatialDropoutOptions>> Frequencies(int coins)
    {
        Gen<Func<SpatialDropoutOptions, SpatialDropoutOptions>> byRate =
            Probabilities.Select(rate => new Func<SpatialDropoutOptions, SpatialDropoutOptions>(
                options => options with { Rate = rate }));
        Gen<Func<SpatialDropoutOptions, SpatialDropoutOptions>> byRates =
            Probabilities.Array[coins].Select(rates => new Func<SpatialDropoutOptions, SpatialDropoutOptions>(
                options => options with { Rates = ValueList.Create(rates) }));
        Gen<Func<SpatialDropoutOptions, SpatialDropoutOptions>> byCount =
            Gen.Int[0, coins].Array[2].Select(bounds => new Func<SpatialDropoutOptions, SpatialDropoutOptions>(
                options => options with { DroppedChannels = (bounds.Min(), bounds.Max()) }));
        return Gen.OneOf(byRate, byRates, byCount);
    }
}
