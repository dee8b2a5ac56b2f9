using CsCheck;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Random valid options, with a vector length that fits them.</summary>
internal static class AnyOptions
{
    private static readonly Gen<double> Probabilities = Gen.OneOf(Gen.Const(0.0), Gen.Const(1.0), Gen.Double.Unit);

    /// <summary>Options of a row, as a plan takes them.</summary>
    public static readonly Gen<(DropoutOptions Options, int Length)> ForPlans = From(new DropoutOptions());

    public static readonly Gen<MaskKey> MaskKeys =
        Gen.Select(Gen.ULong, Gen.OneOf(Gen.Const(0UL), Gen.ULong), Gen.UInt, (low, high, copy) => new MaskKey(low, high, copy));

    /// <summary>Keys of which some follow the previous one, some repeat it, and some are another copy or row.</summary>
    public static readonly Gen<MaskKey[]> KeyLists = Gen.Select(MaskKeys, Gen.Int[0, 3].Array[0, 40]).Select((first, steps) =>
    {
        var keys = new MaskKey[steps.Length];
        MaskKey last = first;
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = last = steps[i] switch
            {
                0 => last,
                1 => last with { Copy = unchecked(last.Copy + 1) },
                2 => last with { High = ~last.High },
                _ => last with { Low = unchecked(last.Low + 1) },
            };
        }

        return keys;
    });

    /// <summary>Options of the type of <paramref name="basis"/>, with its values for everything but a row's options.</summary>
    public static Gen<(DropoutOptions Options, int Length)> From(DropoutOptions basis) =>
        from sized in Gen.OneOf(ByChannels(basis), ByGroups(basis), ByShape(basis), ByElement(basis))
        from options in Complete(sized.Options, Coins(sized.Options, sized.Length), Steps(sized.Options, sized.Length))
        select (options, sized.Length);

    /// <summary>
    /// Options with the layout of <paramref name="basis"/>, of which a row has some number of coins and of steps, 0 if the layout
    /// has none.
    /// </summary>
    public static Gen<DropoutOptions> Complete(DropoutOptions basis, int coins, int steps) =>
        from frequency in Frequencies(coins)
        from fill in Fills(coins, steps)
        from hasOutage in Gen.Int[0, 3]
        from outage in Gen.Int[1, Math.Max(1, steps)].Array[2]
        from scales in Gen.Bool
        from shared in Gen.Bool
        from minKept in Gen.OneOf(Gen.Const(0), Gen.Int[0, coins])
        from rowProbability in Gen.OneOf(Gen.Const(1.0), Probabilities)
        from seed in Gen.Int
        let options = frequency(basis)
        let outageSteps = steps > 0 && hasOutage == 0 ? (CountRange?)(outage.Min(), outage.Max()) : null
        let mayScale = fill == DropoutFill.Zero && options.DroppedChannels is null && options.LostChannels is null
            && outageSteps is null
        let dropsForSure = options.Rates?.Contains(1) ?? options.Rate == 1
        let keptForSure = options.Rates?.Count(rate => rate == 0) ?? 0
        select options with
        {
            Fill = fill,
            Scaling = scales && mayScale && !(dropsForSure && minKept > keptForSure)
                ? DropoutScaling.Inverted
                : DropoutScaling.None,
            OutageSteps = outageSteps,
            SharedAcrossRows = shared,
            MinKept = Math.Min(minKept, coins - (options.LostChannels?.Count ?? 0)),
            RowProbability = rowProbability,
            Seed = seed,
        };

    private static Gen<(DropoutOptions Options, int Length)> ByChannels(DropoutOptions basis) =>
        from channels in Gen.Int[1, 40]
        from time in Gen.Int[1, 40]
        from layout in Gen.Enum<ChannelLayout>()
        select (basis with { Channels = channels, Layout = layout }, channels * time);

    // Few large groups and many small ones, some of them empty, on few steps and on many.
    private static Gen<(DropoutOptions Options, int Length)> ByGroups(DropoutOptions basis) =>
        from groups in Gen.OneOf(Gen.Int[0, 4].Array[1, 30], Gen.Int[0, 150].Array[1, 4])
        let sizes = groups.Sum() == 0 ? [.. groups, 1] : groups
        from time in Gen.OneOf(Gen.Const(1), Gen.Int[1, 40])
        from layout in Gen.Enum<ChannelLayout>()
        from givesChannels in Gen.Bool
        select (
            basis with { Groups = sizes, Channels = givesChannels ? sizes.Sum() : null, Layout = layout }, sizes.Sum() * time);

    private static Gen<(DropoutOptions Options, int Length)> ByShape(DropoutOptions basis) =>
        from axes in Gen.Select(Gen.Int[1, 6], Gen.Bool).Array[1, 4]
        let shape = axes.Select(axis => axis.Item1).ToArray()
        let noise = axes.Select(axis => axis.Item2 ? axis.Item1 : 1).ToArray()
        select (basis with { Shape = shape, NoiseShape = noise }, shape.Aggregate(1, (product, size) => product * size));

    private static Gen<(DropoutOptions Options, int Length)> ByElement(DropoutOptions basis) =>
        from length in Gen.Int[1, 200]
        select (basis with { PerElement = true }, length);

    private static Gen<DropoutFill> Fills(int coins, int steps)
    {
        Gen<DropoutFill> constants = Gen.OneOf(
            Gen.Const(DropoutFill.Zero), Gen.Const(DropoutFill.Missing), Gen.Double[-9, 9].Select(DropoutFill.Constant));
        Gen<DropoutFill> perChannel = Gen.Double[-9, 9].Array[coins].Select(values => DropoutFill.PerChannel(values));
        Gen<DropoutFill> lastValue = Gen.Const(steps > 1 ? DropoutFill.LastValue : DropoutFill.Missing);
        Gen<DropoutFill> oneOf = Gen.OneOf(constants, perChannel, lastValue).Array[1, 5].Select(fills => DropoutFill.OneOf(fills));
        return Gen.Frequency((4, constants), (1, perChannel), (1, lastValue), (2, oneOf));
    }

    private static int Steps(DropoutOptions options, int length) =>
        (options.Channels ?? options.Groups?.Sum()) is { } channels ? length / channels : 0;

    private static int Coins(DropoutOptions options, int length) =>
        options.PerElement ? length
        : options.Groups?.Count ?? options.Channels ?? options.NoiseShape!.Aggregate(1, (product, size) => product * size);

    private static Gen<Func<DropoutOptions, DropoutOptions>> Frequencies(int coins)
    {
        Gen<Func<DropoutOptions, DropoutOptions>> byRate =
            Probabilities.Select(rate => new Func<DropoutOptions, DropoutOptions>(options => options with { Rate = rate }));
        Gen<Func<DropoutOptions, DropoutOptions>> byRates =
            Probabilities.Array[coins].Select(rates => new Func<DropoutOptions, DropoutOptions>(
                options => options with { Rates = rates }));
        Gen<Func<DropoutOptions, DropoutOptions>> byCount =
            Gen.Int[0, coins].Array[2].Select(bounds => new Func<DropoutOptions, DropoutOptions>(
                options => options with { DroppedChannels = (bounds.Min(), bounds.Max()) }));
        Gen<Func<DropoutOptions, DropoutOptions>> byNumber =
            Gen.Select(Gen.Int[0, coins - 1], Gen.Bool.Array[coins]).Select(drawn => new Func<DropoutOptions, DropoutOptions>(
                options => options with
                {
                    LostChannels = [.. Enumerable.Range(0, coins).Where(coin => coin == drawn.Item1 || drawn.Item2[coin])],
                }));
        return Gen.OneOf(byRate, byRates, byCount, byNumber);
    }
}
