namespace MLNet.SpatialDropout;

/// <summary>
/// What is checked of options by themselves, and against a vector's length. For columns see <see cref="ColumnRules"/>.
/// </summary>
internal static class OptionRules
{
    /// <summary>What needs neither a column nor data.</summary>
    public static void CheckValues(SpatialDropoutOptions options)
    {
        CheckLayout(options);
        CheckFrequency(options);
        CheckFillAndScaling(options);
        if (options.Copies < 1)
            Refuse.Value(nameof(options.Copies), options.Copies, "at least 1");
    }

    /// <summary>Whether the shapes fit a vector of <paramref name="length"/> elements, of a column where there is one.</summary>
    public static void CheckLength(SpatialDropoutOptions options, int length, string parameter, string? column = null)
    {
        if (length < 1)
            Refuse.Value(parameter, length, "a vector length of at least 1");
        if (options.Channels is { } channels && length % channels != 0)
            Refuse.Length(
                parameter, nameof(options.Channels), channels, length, column, "the number of channels must divide the length");
        if (options.Shape is { } shape && shape.ElementCount != length)
            Refuse.Length(
                parameter, nameof(options.Shape), shape, length, column, "the product of the axis sizes must be the length");

        CheckCoins(options, options.ShapesFor(length).NoiseShape.ElementCount);
    }

    private static void CheckFrequency(SpatialDropoutOptions options)
    {
        CheckProbability(nameof(options.Rate), options.EffectiveRate);
        CheckProbability(nameof(options.RowProbability), options.RowProbability);
        if (options.MinKept < 0)
            Refuse.Value(nameof(options.MinKept), options.MinKept, "at least 0");

        for (int coin = 0; coin < options.ChannelRates?.Count; coin++)
            CheckProbability($"{nameof(options.ChannelRates)}[{coin}]", options.ChannelRates[coin]);
        if (options.DroppedChannels is var (min, max) && (min < 0 || max < min))
            Refuse.Value(nameof(options.DroppedChannels), options.DroppedChannels, "(min, max) with 0 <= min <= max");

        const string Reason =
            "Set only one of Rate, ChannelRates and DroppedChannels: coins drop at one rate, at one rate each, or by number.";
        if (options.ChannelRates is not null && options.Rate is not null)
            Refuse.Both(nameof(options.ChannelRates), options.ChannelRates, nameof(options.Rate), options.Rate, Reason);
        if (options.DroppedChannels is not null && options.Rate is not null)
            Refuse.Both(nameof(options.DroppedChannels), options.DroppedChannels, nameof(options.Rate), options.Rate, Reason);
        if (options.DroppedChannels is not null && options.ChannelRates is not null)
            Refuse.Both(
                nameof(options.DroppedChannels), options.DroppedChannels,
                nameof(options.ChannelRates), options.ChannelRates, Reason);

        if (options.SharedAcrossRows && options.MaskKeyColumnName is not null)
            Refuse.Both(
                nameof(options.MaskKeyColumnName), options.MaskKeyColumnName, nameof(options.SharedAcrossRows), true,
                "All rows share one mask, or those with an equal key do.");
    }

    private static void CheckProbability(string option, double value)
    {
        // Written so that NaN, which compares false with everything, is refused too.
        if (!(value is >= 0 and <= 1))
            Refuse.Value(option, value, "a probability from 0 to 1");
    }

    private static void CheckFillAndScaling(SpatialDropoutOptions options)
    {
        if (options.Fill is null)
            Refuse.Combination(nameof(options.Fill), "Fill must be one of Zero, Missing, Constant and ChannelMean, but is null.");
        if (options.Scaling is { } scaling && !Enum.IsDefined(scaling))
            Refuse.Value(nameof(options.Scaling), scaling, "Inverted, None or null");

        const string Reason =
            "Inverted scaling keeps the expected value only where coins drop by rate and become zero; set None or null.";
        if (options.Scaling == DropoutScaling.Inverted && options.DroppedChannels is { } dropped)
            Refuse.Both(nameof(options.Scaling), options.Scaling, nameof(options.DroppedChannels), dropped, Reason);
        if (options.Scaling == DropoutScaling.Inverted && options.Fill != DropoutFill.Zero)
            Refuse.Both(nameof(options.Scaling), options.Scaling, nameof(options.Fill), options.Fill, Reason);

        // Coins of rate 0 are kept in any case; beyond their number, one of rate 1 may have to be.
        bool dropsForSure = options.ChannelRates?.Contains(1) ?? options.EffectiveRate == 1;
        int keptForSure = options.ChannelRates?.Count(rate => rate == 0) ?? 0;
        if (options.EffectiveScaling == DropoutScaling.Inverted && dropsForSure && options.MinKept > keptForSure)
            Refuse.Both(
                nameof(options.MinKept), options.MinKept, "a rate", 1,
                "What is kept all the same would be scaled by 1 / (1 - 1); set Scaling to None, or a lower rate.");
    }

    // What depends on the number of coins, which follows from the length.
    private static void CheckCoins(SpatialDropoutOptions options, long coins)
    {
        if (options.ChannelRates is { } rates && rates.Count != coins)
            Refuse.Value(nameof(options.ChannelRates), rates, $"one rate for each of the {coins} coins");
        if (options.DroppedChannels is { } dropped && dropped.Max > coins)
            Refuse.Value(nameof(options.DroppedChannels), dropped, $"no more than the {coins} coins there are");
        if (options.MinKept > coins)
            Refuse.Value(nameof(options.MinKept), options.MinKept, $"no more than the {coins} coins there are");
    }

    private static void CheckLayout(SpatialDropoutOptions options)
    {
        if (!Enum.IsDefined(options.Layout))
            Refuse.Value(nameof(options.Layout), options.Layout, "TimeByChannel or ChannelByTime");
        if (options.Channels < 1)
            Refuse.Value(nameof(options.Channels), options.Channels, "at least 1");
        if (options.Shape is not null)
            CheckAxes(options.Shape, options.NoiseShape);

        const string Reason = "Set exactly one of Channels, Shape (with NoiseShape) and PerElement: each lays out a row.";
        if (options.Channels is not null && options.Shape is not null)
            Refuse.Both(nameof(options.Channels), options.Channels, nameof(options.Shape), options.Shape, Reason);
        if (options.Channels is not null && options.NoiseShape is not null)
            Refuse.Both(nameof(options.Channels), options.Channels, nameof(options.NoiseShape), options.NoiseShape, Reason);
        if (options.PerElement && options.Channels is not null)
            Refuse.Both(nameof(options.PerElement), true, nameof(options.Channels), options.Channels, Reason);
        if (options.PerElement && options.Shape is not null)
            Refuse.Both(nameof(options.PerElement), true, nameof(options.Shape), options.Shape, Reason);

        if (options.NoiseShape is not null && options.Shape is null)
            Refuse.Combination(
                nameof(options.NoiseShape), $"NoiseShape is {options.NoiseShape}, but the Shape it belongs to is null.");
        if (options.Layout != SpatialDropoutOptions.DefaultLayout && options.Channels is null)
            Refuse.Combination(
                nameof(options.Layout), $"Layout is {options.Layout}, which orders Channels; but Channels is null.");
        if (options.Channels is null && options.Shape is null && !options.PerElement)
            Refuse.Combination(nameof(options.Channels), $"Channels and Shape are null, and PerElement is false. {Reason}");
    }

    private static void CheckAxes(DropoutShape shape, DropoutShape? noiseShape)
    {
        if (shape.Count == 0 || shape.Any(size => size < 1))
            Refuse.Value(nameof(SpatialDropoutOptions.Shape), shape, "one axis size or more, each at least 1");

        if (noiseShape is null)
            return;
        if (noiseShape.Count != shape.Count)
            Refuse.Value(nameof(SpatialDropoutOptions.NoiseShape), noiseShape, $"of {shape.Count} axes, as Shape {shape} is");
        for (int axis = 0; axis < shape.Count; axis++)
        {
            if (noiseShape[axis] != 1 && noiseShape[axis] != shape[axis])
                Refuse.Value(
                    nameof(SpatialDropoutOptions.NoiseShape), noiseShape,
                    $"1 or {shape[axis]} on axis {axis}, as Shape is {shape}");
        }
    }
}
