using System.Globalization;
using Examples;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The comparisons of docs/guide.md. What a table does not vary is as in examples/SensorOutage.</summary>
internal static class GuideTables
{
    private static readonly SpatialDropoutOptions Basis = new()
    {
        OutputColumnName = nameof(Recording.Features),
        Copies = 4,
        KeepOriginal = true,
    };

    private static readonly GuideVariant NoStage = new("no stage", null);

    public static IReadOnlyList<GuideTable> All { get; } =
    [
        new("rate",
        [
            NoStage,
            .. new[] { 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8 }.Select(rate =>
                new GuideVariant(rate.ToString(CultureInfo.InvariantCulture), Basis with { Rate = rate })),
        ]),
        new("copies",
        [
            NoStage,
            new("1 copy, no original", Basis with { Copies = 1, KeepOriginal = false }),
            new("4 copies, no original", Basis with { KeepOriginal = false }),
            .. new[] { 1, 2, 4, 8, 16 }.Select(copies =>
                new GuideVariant($"original + {copies}", Basis with { Copies = copies })),
        ]),
        new("scaling",
        [
            NoStage,
            .. new[] { 0.3, 0.5 }.SelectMany(rate => Enum.GetValues<DropoutScaling>().Select(scaling => new GuideVariant(
                string.Create(CultureInfo.InvariantCulture, $"rate {rate}, `{scaling}`"),
                Basis with { Rate = rate, Scaling = scaling }))),
        ]),
        new("what drops",
        [
            NoStage,
            new("`Rate = 0.3`", Basis),
            new("`Rate = 0.3`, `MinKept = 3`", Basis with { MinKept = 3 }),
            new("`DroppedChannels = (0, 1)`", Basis with { DroppedChannels = (0, 1) }),
            new("`DroppedChannels = (0, 2)`", Basis with { DroppedChannels = (0, 2) }),
            new("`DroppedChannels = (1, 3)`", Basis with { DroppedChannels = (1, 3) }),
            new("`PerElement`, rate 0.3: plain dropout", Basis with { PerElement = true }),
        ]),
    ];

    /// <summary>The fills, to be compared by what lost sensors read in the field.</summary>
    public static GuideTable Fills { get; } = new("fill",
    [
        NoStage,
        new("`Zero`", Basis),
        new("`ChannelMean`", Basis with { Fill = DropoutFill.ChannelMean }),
        new("`Missing`", Basis with { Fill = DropoutFill.Missing }),
    ]);
}
