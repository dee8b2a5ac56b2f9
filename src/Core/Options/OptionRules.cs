using System.Numerics;
using static System.FormattableString;

namespace MLNet.SpatialDropout;

/// <summary>Checks the options of a row, by themselves and against a vector's length.</summary>
internal static class OptionRules
{
    /// <summary>The cure for options without a layout, or with two.</summary>
    public const string OneLayout =
        "Set exactly one of Channels (or Groups), Shape (with NoiseShape) and PerElement: each gives the layout of a row.";

    /// <summary>Checks what needs no vector length.</summary>
    public static void CheckValues(DropoutOptions options)
    {
        CheckLayout(options);
        CheckFrequency(options);
        CheckFillAndScaling(options);
        CheckSteps(options);
        if (options.HasLayout && !options.PerElement)
            CheckCounts(options, options.Groups?.Count ?? options.Channels ?? ElementCount(options.NoiseShape ?? options.Shape!));
    }

    /// <summary>Checks that the options give the layout of a row.</summary>
    public static void CheckHasLayout(DropoutOptions options)
    {
        if (!options.HasLayout)
            ThrowHelper.ThrowInvalid(
                nameof(options.Channels), $"Channels, Groups and Shape are null, and PerElement is false. {OneLayout}");
    }

    /// <summary>Checks the options against vectors of <paramref name="length"/> elements.</summary>
    /// <param name="options">Options that passed <see cref="CheckValues"/>.</param>
    /// <param name="length">The length.</param>
    /// <param name="parameter">The caller's parameter that the length comes from.</param>
    /// <param name="column">The column that the length comes from, if there is one.</param>
    public static void CheckLength(DropoutOptions options, int length, string parameter, string? column = null)
    {
        if (length < 1)
            ThrowHelper.ThrowOutOfRange(parameter, length, "a vector length of at least 1");
        if (options.Groups is { } groups && length % options.ChannelCount != 0)
            ThrowHelper.ThrowLengthMismatch(
                parameter, nameof(options.Groups), groups, length, column, "the sum of the sizes must divide the length");
        if (options.Channels is { } channels && length % channels != 0)
            ThrowHelper.ThrowLengthMismatch(
                parameter, nameof(options.Channels), channels, length, column, "the number of channels must divide the length");
        if (options.Shape is { } shape && ElementCount(shape) != length)
            ThrowHelper.ThrowLengthMismatch(
                parameter, nameof(options.Shape), shape, length, column, "the product of the axis sizes must be the length");
        if (options.ChannelCount is { } count)
            CheckStepCount(options, length / count, column);

        // Once more, because a column's dimensions may have given the channels.
        CheckCounts(options, options.Groups?.Count ?? ElementCount(options.ShapesFor(length).NoiseShape));
    }

    /// <summary>Checks that rows of <typeparamref name="T"/> can hold a constant fill.</summary>
    /// <param name="options">Options that passed <see cref="CheckValues"/>.</param>
    /// <param name="holder">What holds the elements, for the message.</param>
    public static void CheckFill<T>(DropoutOptions options, string holder = "the rows")
        where T : IBinaryFloatingPointIeee754<T>
    {
        if (options.Fill.Alternatives.SelectMany(fill => fill.Values ?? [fill.Value.GetValueOrDefault()])
            .Any(fill => double.IsFinite(fill) && !T.IsFinite(T.CreateTruncating(fill))))
            ThrowHelper.ThrowOutOfRange(
                nameof(options.Fill), options.Fill, $"a constant that fits into a {typeof(T).Name}, the element type of {holder}");
    }

    private static void CheckFrequency(DropoutOptions options)
    {
        CheckProbability(nameof(options.Rate), options.EffectiveRate);
        CheckProbability(nameof(options.RowProbability), options.RowProbability);
        if (options.MinKept < 0)
            ThrowHelper.ThrowOutOfRange(nameof(options.MinKept), options.MinKept, "at least 0");

        for (int channel = 0; channel < options.Rates?.Count; channel++)
            CheckProbability(Invariant($"{nameof(options.Rates)}[{channel}]"), options.Rates[channel]);
        if (options.DroppedChannels is var (min, max) && (min < 0 || max < min))
            ThrowHelper.ThrowOutOfRange(
                nameof(options.DroppedChannels), options.DroppedChannels, "(min, max) with 0 <= min <= max");

        CheckOneFrequency(
            (nameof(options.Rate), options.Rate),
            (nameof(options.Rates), options.Rates),
            (nameof(options.DroppedChannels), options.DroppedChannels),
            (nameof(options.LostChannels), options.LostChannels));
        if (options.LostChannels is { } lost
            && (lost.Count == 0 || lost.Any(channel => channel < 0) || lost.Distinct().Count() != lost.Count))
            ThrowHelper.ThrowOutOfRange(nameof(options.LostChannels), lost, "one number or more from 0 up, all different");
    }

    private static void CheckOneFrequency(params (string Option, object? Value)[] all)
    {
        (string Option, object? Value)[] given = Array.FindAll(all, option => option.Value is not null);
        if (given.Length > 1)
            ThrowHelper.ThrowConflict(
                given[1].Option, given[1].Value, given[0].Option, given[0].Value,
                "Set only one of Rate, Rates, DroppedChannels and LostChannels, and leave the others null.");
    }

    private static void CheckProbability(string option, double value)
    {
        // The condition is negated because NaN compares false with everything.
        if (!(value is >= 0 and <= 1))
            ThrowHelper.ThrowOutOfRange(option, value, "a probability from 0 to 1");
    }

    private static void CheckFillAndScaling(DropoutOptions options)
    {
        if (options.Fill is null)
            ThrowHelper.ThrowInvalid(
                nameof(options.Fill),
                "Fill must be one of Zero, Missing, Constant, PerChannel, ChannelMean, LastValue and OneOf, but is null.");
        if (!Enum.IsDefined(options.Scaling))
            ThrowHelper.ThrowOutOfRange(nameof(options.Scaling), options.Scaling, "None or Inverted");
        if (options.Scaling != DropoutScaling.Inverted)
            return;

        const string Reason =
            "Inverted scaling keeps the expected value only if channels drop by rate and become zero. Set Scaling to None.";
        if (options.DroppedChannels is { } dropped)
            ThrowHelper.ThrowConflict(
                nameof(options.Scaling), options.Scaling, nameof(options.DroppedChannels), dropped, Reason);
        if (options.LostChannels is { } lost)
            ThrowHelper.ThrowConflict(nameof(options.Scaling), options.Scaling, nameof(options.LostChannels), lost, Reason);
        if (options.Fill != DropoutFill.Zero)
            ThrowHelper.ThrowConflict(nameof(options.Scaling), options.Scaling, nameof(options.Fill), options.Fill, Reason);
        if (options.OutageSteps is { } steps)
            ThrowHelper.ThrowConflict(
                nameof(options.Scaling), options.Scaling, nameof(options.OutageSteps), steps,
                "Inverted scaling keeps the expected value only of channels that are lost for all steps. Set Scaling to None.");

        // Channels of rate 0 stay in any case. Beyond their number, MinKept may have to keep one of rate 1.
        bool hasRateOne = options.Rates?.Contains(1) ?? options.EffectiveRate == 1;
        int keptForSure = options.Rates?.Count(rate => rate == 0) ?? 0;
        if (hasRateOne && options.MinKept > keptForSure)
            ThrowHelper.ThrowConflict(
                nameof(options.MinKept), options.MinKept, "a rate", 1,
                "What MinKept keeps would be scaled by 1 / (1 - 1). Set Scaling to None, or a lower rate.");
    }

    /// <summary>Checks the options that count channels, or whatever else drops as a whole.</summary>
    /// <param name="options">The options.</param>
    /// <param name="count">How many of them a row has.</param>
    public static void CheckCounts(DropoutOptions options, long count)
    {
        if (options.Rates is { } rates && rates.Count != count)
            ThrowHelper.ThrowOutOfRange(
                nameof(options.Rates), rates, Invariant($"one rate for each of the {count} {options.Units}"));
        if (options.DroppedChannels is { } dropped && dropped.Max > count)
            ThrowHelper.ThrowOutOfRange(
                nameof(options.DroppedChannels), dropped, Invariant($"at most the {count} {options.Units} of a row"));
        if (options.LostChannels is { } lost && lost.Any(channel => channel >= count))
            ThrowHelper.ThrowOutOfRange(
                nameof(options.LostChannels), lost, Invariant($"numbers below {count}, as a row has {count} {options.Units}"));
        if (options.LostChannels is { } all && options.MinKept > count - all.Count)
            ThrowHelper.ThrowConflict(
                nameof(options.MinKept), options.MinKept, nameof(options.LostChannels), all,
                Invariant($"Of {count} {options.Units}, only {count - all.Count} can stay then."));
        if (options.MinKept > count)
            ThrowHelper.ThrowOutOfRange(
                nameof(options.MinKept), options.MinKept, Invariant($"at most the {count} {options.Units} of a row"));
        if (options.Fill.Alternatives.Any(fill => fill.Values is { } values && values.Count != count))
            ThrowHelper.ThrowOutOfRange(
                nameof(options.Fill), options.Fill, Invariant($"PerChannel with one value for each of the {count} {options.Units}"));
    }

    private static void CheckLayout(DropoutOptions options)
    {
        if (!Enum.IsDefined(options.Layout))
            ThrowHelper.ThrowOutOfRange(nameof(options.Layout), options.Layout, "ChannelsLast or ChannelsFirst");
        if (options.Channels < 1)
            ThrowHelper.ThrowOutOfRange(nameof(options.Channels), options.Channels, "at least 1");
        if (options.Groups is not null)
            CheckGroups(options.Groups, options.Channels);
        if (options.Shape is not null)
            CheckAxes(options.Shape, options.NoiseShape);

        (string channels, object? count) =
            options.Groups is null ? (nameof(options.Channels), options.Channels) : (nameof(options.Groups), (object)options.Groups);
        if (count is not null && options.Shape is not null)
            ThrowHelper.ThrowConflict(channels, count, nameof(options.Shape), options.Shape, OneLayout);
        if (count is not null && options.NoiseShape is not null)
            ThrowHelper.ThrowConflict(channels, count, nameof(options.NoiseShape), options.NoiseShape, OneLayout);
        if (options.PerElement && count is not null)
            ThrowHelper.ThrowConflict(nameof(options.PerElement), true, channels, count, OneLayout);
        if (options.PerElement && options.Shape is not null)
            ThrowHelper.ThrowConflict(nameof(options.PerElement), true, nameof(options.Shape), options.Shape, OneLayout);

        if (options.NoiseShape is not null && options.Shape is null)
            ThrowHelper.ThrowInvalid(
                nameof(options.NoiseShape), $"NoiseShape is {options.NoiseShape}, but Shape is null. Set Shape too.");
        if (options.Layout != DropoutOptions.DefaultLayout && (options.Shape is not null || options.PerElement))
            ThrowHelper.ThrowInvalid(
                nameof(options.Layout),
                $"Layout is {options.Layout}, but Channels is null. Layout is the order of time and channels, so set Channels or"
                + " Groups too.");
    }

    private static void CheckSteps(DropoutOptions options)
    {
        if (options.OutageSteps is var (min, max) && (min < 1 || max < min))
            ThrowHelper.ThrowOutOfRange(
                nameof(options.OutageSteps), options.OutageSteps, "(min, max) with 1 <= min <= max");

        const string Cure = "this layout has no steps. Set Channels or Groups instead.";
        (string option, object? value) =
            options.Shape is null ? (nameof(options.PerElement), (object?)true) : (nameof(options.Shape), options.Shape);
        if (options.Shape is null && !options.PerElement)
            return;
        if (options.OutageSteps is { } steps)
            ThrowHelper.ThrowConflict(
                nameof(options.OutageSteps), steps, option, value, $"It counts the steps of a row, and {Cure}");
        if (options.Fill.Alternatives.Contains(DropoutFill.LastValue))
            ThrowHelper.ThrowConflict(
                nameof(options.Fill), options.Fill, option, value, $"LastValue keeps the reading of an earlier step, and {Cure}");
    }

    private static void CheckStepCount(DropoutOptions options, int steps, string? column)
    {
        string ofColumn = column is null ? "" : $" of column '{column}'";
        if (options.OutageSteps is { } outage && outage.Max > steps)
            ThrowHelper.ThrowOutOfRange(
                nameof(options.OutageSteps), outage, Invariant($"at most the {steps} steps of a row{ofColumn}"));
        if (steps == 1 && options.Fill.Alternatives.Contains(DropoutFill.LastValue))
            ThrowHelper.ThrowInvalid(
                nameof(options.Fill),
                $"Fill is {options.Fill}, but a row{ofColumn} has a single step, so a stuck channel would not change. Use another"
                + " fill.");
    }

    private static void CheckGroups(IReadOnlyList<int> groups, int? channels)
    {
        long sum = groups.Sum(size => (long)size);
        if (groups.Any(size => size < 0) || sum < 1 || sum > Array.MaxLength)
            ThrowHelper.ThrowOutOfRange(
                nameof(DropoutOptions.Groups), groups, "one group size or more, none negative and at least one positive");
        if (channels is not null && channels != sum)
            ThrowHelper.ThrowConflict(
                nameof(DropoutOptions.Groups), groups, nameof(DropoutOptions.Channels), channels,
                "The sizes of the groups must add up to the number of channels. Leave Channels null.");
    }

    private static void CheckAxes(IReadOnlyList<int> shape, IReadOnlyList<int>? noiseShape)
    {
        if (shape.Count == 0 || shape.Any(size => size < 1))
            ThrowHelper.ThrowOutOfRange(nameof(DropoutOptions.Shape), shape, "one axis size or more, each at least 1");

        if (noiseShape is null)
            return;
        if (noiseShape.Count != shape.Count)
            ThrowHelper.ThrowOutOfRange(
                nameof(DropoutOptions.NoiseShape), noiseShape, Invariant($"of {shape.Count} axes, as Shape {shape} is"));
        for (int axis = 0; axis < shape.Count; axis++)
        {
            if (noiseShape[axis] != 1 && noiseShape[axis] != shape[axis])
                ThrowHelper.ThrowOutOfRange(
                    nameof(DropoutOptions.NoiseShape), noiseShape,
                    Invariant($"1 or {shape[axis]} on axis {axis}, as Shape is {shape}"));
        }
    }

    // Capped, because the product of arbitrary axis sizes may overflow. No vector is as long as the cap.
    private static long ElementCount(IReadOnlyList<int> shape)
    {
        const long Cap = 1L << 32;
        return shape.Aggregate(1L, (count, size) => Math.Min(count * size, Cap));
    }
}
