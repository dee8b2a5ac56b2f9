using System.Globalization;
using Examples;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The ways to train that the comparisons of failures try.</summary>
internal static class FieldVariants
{
    private static readonly SpatialDropoutOptions Recipe = new()
    {
        OutputColumnName = nameof(Recording.Features),
        Copies = 4,
        KeepOriginal = true,
    };

    private static readonly DropoutFill Mixture =
        DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing, DropoutFill.LastValue);

    public static FieldVariant NoStage { get; } = new("no stage", null);

    public static FieldVariant Stage { get; } = new("stage", _ => Recipe);

    public static FieldVariant StageAndFlags { get; } = new("stage and flags", _ => Recipe, HasFlags: true);

    public static FieldVariant OneLossAndFlags { get; } = new(
        "one loss a copy, and flags",
        recordings => Recipe with { DroppedChannels = (1, 1), Copies = recordings.Sensors },
        HasFlags: true);

    public static IReadOnlyList<FieldVariant> All { get; } = [NoStage, Stage, StageAndFlags, OneLossAndFlags];

    /// <summary>The fills, for a trainer that reads NaN and needs no flags.</summary>
    public static IReadOnlyList<FieldVariant> Fills { get; } =
    [
        NoStage,
        Filled(DropoutFill.Zero),
        Filled(DropoutFill.Missing),
        Filled(DropoutFill.ChannelMean),
        Filled(DropoutFill.LastValue),
        Filled(Mixture),
        MixedForSteps("(T / 4, T)", steps => steps / 4),
        MixedForSteps("(1, T)", _ => 1),
        Filled(DropoutFill.OneOf([.. Mixture.Fills!, DropoutFill.Constant(-999)])),
    ];

    /// <summary>The fills for a linear trainer, with flags where the fill can be indicated.</summary>
    public static IReadOnlyList<FieldVariant> LinearFills { get; } =
    [
        NoStage with { ReplacesMissing = true },
        Flagged(DropoutFill.Zero),
        Flagged(DropoutFill.Missing),
        Flagged(DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing)),
        Flagged(DropoutFill.Constant(-999)),
        Filled(DropoutFill.ChannelMean) with { ReplacesMissing = true },
        Filled(DropoutFill.LastValue) with { ReplacesMissing = true },
        Filled(Mixture) with { ReplacesMissing = true },
    ];

    /// <summary>The rates, with or without flags.</summary>
    public static IEnumerable<FieldVariant> Rates(bool withFlags) =>
        new[] { 0.1, 0.2, 0.3, 0.4, 0.5, 0.7 }.Select(rate => AtRate(rate, withFlags ? StageAndFlags : Stage));

    private static FieldVariant AtRate(double rate, FieldVariant variant) => variant with
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"{variant.Name}, rate {rate}"),
        Stage = recordings => variant.Stage!(recordings) with { Rate = rate },
    };

    private static FieldVariant MixedForSteps(string steps, Func<int, int> least) => new(
        $"`{Mixture}`, `OutageSteps = {steps}`",
        recordings => Recipe with { Fill = Mixture, OutageSteps = (least(recordings.Steps), recordings.Steps) });

    private static FieldVariant Filled(DropoutFill fill) => new($"`{fill}`", _ => Recipe with { Fill = fill });

    private static FieldVariant Flagged(DropoutFill fill) =>
        new($"`{fill}`, and flags", _ => Recipe with { Fill = fill }, HasFlags: true, ReplacesMissing: true);
}
