using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using static System.FormattableString;

namespace MLNet.SpatialDropout;

/// <summary>
/// What happens to a row: what drops, how often, and what a dropped value becomes. Immutable; vary it with a <c>with</c>
/// expression.
/// </summary>
/// <remarks>
/// <para>
/// Dropout is one operation with a <em>noise shape</em>. Random decisions have the noise shape and are broadcast to the row's
/// shape, so elements that share a decision drop together. One decision per channel is spatial dropout (Tompson et al. 2014,
/// <em>Efficient Object Localization Using Convolutional Networks</em>; Keras' <c>SpatialDropout1D</c>). One decision per
/// element is plain dropout.
/// </para>
/// <para>
/// Give the layout of a row in one of three ways: <see cref="Channels"/> or <see cref="Groups"/> with <see cref="Layout"/>,
/// <see cref="Shape"/> with <see cref="NoiseShape"/>, or <see cref="PerElement"/>.
/// </para>
/// <para>
/// Options are checked when a plan, stage or view is made from them. Each message names the option, its value and what is
/// allowed.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var options = new DropoutOptions { Channels = 6, Rate = 0.3, Seed = 7 };
/// var harsher = options with { Rate = 0.5 };
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public record DropoutOptions
{
    /// <summary>The default of <see cref="Rate"/>: 0.3.</summary>
    public const double DefaultRate = 0.3;

    internal const ChannelLayout DefaultLayout = ChannelLayout.ChannelsLast;

    private static readonly DropoutOptions Defaults = new();

    /// <summary>
    /// The number of channels of a vector of length time x channels. At least 1, and a divisor of the vector's length. Default:
    /// null, if <see cref="Groups"/>, <see cref="Shape"/> or <see cref="PerElement"/> gives the layout, or in a stage or view the
    /// dimensions that its column declares.
    /// </summary>
    public int? Channels { get; init; }

    /// <summary>
    /// The sizes of groups of neighbouring channels that drop together, for devices of several channels: <c>[3, 3, 1]</c>. Their
    /// sum is the number of channels, so <see cref="Channels"/> can be left out. <see cref="Rates"/>,
    /// <see cref="DroppedChannels"/>, <see cref="LostChannels"/> and <see cref="MinKept"/> count groups. A group of size 0 draws
    /// its random number like any other but has no channel in the row. Default: null, each channel drops by itself.
    /// </summary>
    public IReadOnlyList<int>? Groups
    {
        get;
        init => field = ValueList.From(value);
    }

    /// <summary>
    /// The order of time and channels, for <see cref="Channels"/> and <see cref="Groups"/>. Default: [time, channels].
    /// </summary>
    public ChannelLayout Layout { get; init; } = DefaultLayout;

    /// <summary>
    /// The shape of a row: axis sizes whose product is the vector's length. Default: null, if <see cref="Channels"/> or
    /// <see cref="PerElement"/> gives the layout.
    /// </summary>
    public IReadOnlyList<int>? Shape
    {
        get;
        init => field = ValueList.From(value);
    }

    /// <summary>
    /// The shape of the random decisions. It has as many axes as <see cref="Shape"/>; each is 1 (one decision for the whole
    /// axis) or the size of that axis. Default: null, one decision for each element of <see cref="Shape"/>.
    /// </summary>
    public IReadOnlyList<int>? NoiseShape
    {
        get;
        init => field = ValueList.From(value);
    }

    /// <summary>
    /// True to drop each element by itself, whatever the vector's length: plain dropout. Default: false.
    /// </summary>
    public bool PerElement { get; init; }

    /// <summary>
    /// True if all rows share one mask, as with a noise shape whose batch axis is 1. Each copy of the rows has its own mask.
    /// Default: false, each row has its own mask.
    /// </summary>
    public bool SharedAcrossRows { get; init; }

    /// <summary>
    /// The probability, 0 to 1, that a channel (or group) drops. 0 changes nothing, 1 drops everything. Default: null, which means 0.3
    /// unless <see cref="Rates"/>, <see cref="DroppedChannels"/> or <see cref="LostChannels"/> is set.
    /// </summary>
    public double? Rate { get; init; }

    /// <summary>
    /// One rate for each channel (or group), instead of <see cref="Rate"/>, for sensors that fail at different rates. With
    /// <see cref="NoiseShape"/>, one for each of its elements in row-major order. Default: null, one rate for all.
    /// </summary>
    public IReadOnlyList<double>? Rates
    {
        get;
        init => field = ValueList.From(value);
    }

    /// <summary>
    /// How many channels (or groups) drop in a row, instead of a rate. The number is drawn uniformly from Min to Max, both included, and
    /// exactly that many drop unless <see cref="MinKept"/> keeps more. Default: null, channels drop by rate.
    /// </summary>
    public CountRange? DroppedChannels { get; init; }

    /// <summary>
    /// The channels (or groups) that drop in every row, counted from 0, instead of a rate; no others drop. To see what the loss of
    /// given sensors does, or to train for it. At least one. With a <see cref="RowProbability"/> below 1 they drop in some rows
    /// alone. More than <see cref="MinKept"/> allows are refused. Default: null, channels drop by rate.
    /// </summary>
    public IReadOnlyList<int>? LostChannels
    {
        get;
        init => field = ValueList.From(value);
    }

    /// <summary>
    /// The least number of channels (or groups) that stay, 0 to all. If fewer would stay, dropped ones are kept after all, whatever
    /// <see cref="Rate"/>, <see cref="Rates"/> and <see cref="DroppedChannels"/> say. Inverted scaling does not account for it.
    /// Default: 0.
    /// </summary>
    public int MinKept { get; init; }

    /// <summary>
    /// The probability, 0 to 1, that a row (or a copy of it) is changed at all. An unchanged row is not scaled either.
    /// Default: 1.
    /// </summary>
    public double RowProbability { get; init; } = 1;

    /// <summary>
    /// For how many steps channels are lost, for failures that begin or end in mid-row. The number is drawn uniformly from Min to
    /// Max, both included, and then the first step; all that drops in a row is lost for the same steps. Requires a layout with
    /// steps (<see cref="Channels"/>, <see cref="Groups"/>, or the dimensions that a column declares), and no inverted scaling.
    /// Default: null, all steps.
    /// </summary>
    public CountRange? OutageSteps { get; init; }

    /// <summary>
    /// What happens to the values that are kept. <see cref="DropoutScaling.Inverted"/> requires a rate and
    /// <see cref="DropoutFill.Zero"/>. Default: <see cref="DropoutScaling.None"/>.
    /// </summary>
    public DropoutScaling Scaling { get; init; }

    /// <summary>What a dropped value becomes. Default: <see cref="DropoutFill.Zero"/>.</summary>
    public DropoutFill Fill { get; init; } = DropoutFill.Zero;

    /// <summary>
    /// The seed of the masks. The same seed gives the same masks for the same rows on every machine. A
    /// <see cref="DropoutPlan"/> requires it; a stage or view draws it from the MLContext if it is null, the default.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>Whether options say how a row is laid out.</summary>
    internal bool HasLayout => Channels is not null || Groups is not null || Shape is not null || PerElement;

    /// <summary>The number of channels, of <see cref="Channels"/> or <see cref="Groups"/>.</summary>
    internal int? ChannelCount => Channels ?? Groups?.Sum();

    /// <summary>The rate in force if all channels have the same.</summary>
    internal double EffectiveRate => Rate ?? DefaultRate;

    /// <summary>What the options count, for messages: channels, or what else drops as a whole.</summary>
    internal virtual string Units =>
        Groups is not null ? "groups"
        : Channels is not null ? "channels"
        : Shape is not null ? Invariant($"elements of the noise shape {NoiseShape ?? Shape}")
        : "elements";

    /// <summary>The options that differ from their defaults, for logs and debuggers.</summary>
    public override string ToString() => Describe(this, Defaults);

    /// <summary>These options without what a derived type adds, as a plan keeps them.</summary>
    internal DropoutOptions ToRowOptions() => GetType() == typeof(DropoutOptions) ? this : new DropoutOptions(this);

    /// <summary>The shapes of a row and of its noise, for a length that fits.</summary>
    internal (IReadOnlyList<int> Shape, IReadOnlyList<int> NoiseShape) ShapesFor(int length) => this switch
    {
        { ChannelCount: { } channels, Layout: ChannelLayout.ChannelsLast } => (List(length / channels, channels), List(1, channels)),
        { ChannelCount: { } channels } => (List(channels, length / channels), List(channels, 1)),
        { Shape: { } shape } => (shape, NoiseShape ?? shape),
        _ => (List(length), List(length)),
    };

    /// <summary>The number of steps of a row, for a length that fits. 1 if the options do not say what its channels are.</summary>
    internal int StepsFor(int length) => ChannelCount is { } channels ? length / channels : 1;

    /// <summary>The rate of each of <paramref name="count"/> channels (or groups); null if all have the same.</summary>
    internal IReadOnlyList<double>? RatesFor(int count) => LostChannels is { } lost
        ? [.. Enumerable.Range(0, count).Select(channel => lost.Contains(channel) ? 1.0 : 0.0)]
        : Rates;

    /// <summary>The type's name and the options that differ from <paramref name="defaults"/>.</summary>
    // Reflection cannot forget an option, and is fast enough for logs and debuggers.
    internal static string Describe<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(
        TOptions options, TOptions defaults)
    {
        IEnumerable<string> changed =
            from option in typeof(TOptions).GetProperties()
            let value = option.GetValue(options)
            where !Equals(value, option.GetValue(defaults))
            select Invariant($" {option.Name} = {value ?? "null"}");
        return $"{typeof(TOptions).Name} {{{string.Join(',', changed)} }}";
    }

    private static ValueList<int> List(params ReadOnlySpan<int> sizes) => ValueList.Create(sizes);
}
