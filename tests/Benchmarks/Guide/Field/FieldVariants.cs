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
        recordings => Recipe with { DroppedChannels = (1, 1), Copies = recordings.Channels },
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
        new(
            $"`{Mixture}`, `OutageSteps = (1, T)`",
            recordings => Recipe with { Fill = Mixture, OutageSteps = (1, recordings.Steps) }),
    ];

    /// <summary>The fills for a linear trainer, with flags where the fill can be indicated.</summary>
    public static IReadOnlyList<FieldVariant> LinearFills { get; } =
    [
        NoStage with { ReplacesMissing = true },
        Flagged(DropoutFill.Zero),
        Flagged(DropoutFill.Missing),
        Flagged(DropoutFill.OneOf(DropoutFill.Zero, DropoutFill.Missing)),
        Filled(DropoutFill.ChannelMean) with { ReplacesMissing = true },
        Filled(DropoutFill.LastValue) with { ReplacesMissing = true },
        Filled(Mixture) with { ReplacesMissing = true },
    ];

    private static FieldVariant Filled(DropoutFill fill) => new($"`{fill}`", _ => Recipe with { Fill = fill });

    private static FieldVariant Flagged(DropoutFill fill) =>
        new($"`{fill}`, and flags", _ => Recipe with { Fill = fill }, HasFlags: true, ReplacesMissing: true);
}
