using System.Diagnostics;
using Microsoft.ML;
using static System.FormattableString;

namespace MLNet.SpatialDropout;

/// <summary>
/// What to drop from a vector column, how often, and what becomes of it. Immutable; vary it with a <c>with</c> expression.
/// </summary>
/// <remarks>
/// <para>
/// Dropout is one operation with a <em>noise shape</em>: coins have the noise shape and are broadcast to the row's shape.
/// One coin per channel is spatial dropout (Tompson et al. 2014, <em>Efficient Object Localization Using Convolutional
/// Networks</em>; Keras' <c>SpatialDropout1D</c>), one coin per element is plain dropout.
/// </para>
/// <para>
/// Say how a row is laid out either with <see cref="Channels"/> (and <see cref="Layout"/>), or with <see cref="Shape"/> and
/// <see cref="NoiseShape"/>, or ask for plain dropout with <see cref="PerElement"/>.
/// </para>
/// <para>
/// Options are checked when a stage, view or plan is made from them; each refusal names the option, the value and what is
/// allowed.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Rate = 0.3, Copies = 4 };
/// var harsher = options with { Rate = 0.5 };
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record SpatialDropoutOptions
{
    /// <summary>The default of <see cref="Rate"/>, as in Keras and PyTorch.</summary>
    public const double DefaultRate = 0.5;

    /// <summary>The default of <see cref="RowProbability"/>: every row is touched.</summary>
    internal const double DefaultRowProbability = 1;

    /// <summary>The default of <see cref="MinKept"/>.</summary>
    internal const int DefaultMinKept = 0;

    /// <summary>The default of <see cref="Copies"/>.</summary>
    internal const int DefaultCopies = 1;

    /// <summary>The default of <see cref="Layout"/>.</summary>
    internal const ChannelLayout DefaultLayout = ChannelLayout.TimeByChannel;

    private static readonly SpatialDropoutOptions Defaults = new();

    /// <summary>
    /// The column that holds the dropped values. Required by a stage or a view; a <see cref="DropoutPlan"/> made directly
    /// needs none.
    /// </summary>
    public string OutputColumnName { get; init; } = "";

    /// <summary>
    /// The column to read: a vector of known size of <see cref="float"/> or <see cref="double"/>. Null, the default, is
    /// <see cref="OutputColumnName"/>.
    /// </summary>
    public string? InputColumnName { get; init; }

    /// <summary>
    /// The number of channels of a vector of length time x channels: one coin each. At least 1, and it divides the vector's
    /// length. Null, the default, where <see cref="Shape"/> or <see cref="PerElement"/> says it.
    /// </summary>
    public int? Channels { get; init; }

    /// <summary>The order of the values when <see cref="Channels"/> is given. Default: [time, channels].</summary>
    public ChannelLayout Layout { get; init; } = DefaultLayout;

    /// <summary>
    /// The shape of a row, instead of <see cref="Channels"/>: axis sizes whose product is the vector's length. Null, the
    /// default, where <see cref="Channels"/> or <see cref="PerElement"/> says it.
    /// </summary>
    public DropoutShape? Shape { get; init; }

    /// <summary>
    /// The shape of the coins: as many axes as <see cref="Shape"/>, each 1 (one coin for the whole axis) or that axis' size.
    /// Null, the default, is one coin per element of <see cref="Shape"/>.
    /// </summary>
    public DropoutShape? NoiseShape { get; init; }

    /// <summary>
    /// True if every element has its own coin, whatever the vector's length, instead of <see cref="Channels"/> or
    /// <see cref="Shape"/>: plain dropout. Default: false.
    /// </summary>
    public bool PerElement { get; init; }

    /// <summary>
    /// True if the noise shape's batch axis is 1: all rows share one mask (each copy has its own). Default: false, each row
    /// has its own.
    /// </summary>
    public bool SharedAcrossRows { get; init; }

    /// <summary>
    /// The probability, 0 to 1, that a coin drops. 0 touches nothing, 1 drops everything. Null, the default, is 0.5, or nothing
    /// where <see cref="ChannelRates"/> or <see cref="DroppedChannels"/> is set.
    /// </summary>
    public double? Rate { get; init; }

    /// <summary>
    /// One rate per coin, in row-major order of the noise shape, instead of <see cref="Rate"/>: for sensors that fail at
    /// different rates. Null, the default, is one rate for all.
    /// </summary>
    public DropoutRates? ChannelRates { get; init; }

    /// <summary>
    /// How many coins drop in a row, instead of a rate: a number drawn uniformly from Min to Max, both included, and exactly that
    /// many (unless <see cref="MinKept"/> keeps more). Null, the default, is by rate.
    /// </summary>
    public (int Min, int Max)? DroppedChannels { get; init; }

    /// <summary>
    /// How many coins are kept at least, 0 to all: where fewer would be, dropped ones are kept after all, whatever the rates
    /// and <see cref="DroppedChannels"/> say. Scaling knows nothing of it: where it matters, set <see cref="Scaling"/> to None,
    /// as is required where a coin of rate 1 might have to be kept. Default: 0.
    /// </summary>
    public int MinKept { get; init; } = DefaultMinKept;

    /// <summary>
    /// The probability, 0 to 1, that a row (or a copy of it) is touched at all; one that is not stays as it is, unscaled.
    /// Default: 1.
    /// </summary>
    public double RowProbability { get; init; } = DefaultRowProbability;

    /// <summary>
    /// What happens to the values that are kept. Null, the default, is <see cref="DropoutScaling.Inverted"/> where
    /// <see cref="Fill"/> is <see cref="DropoutFill.Zero"/> and coins drop by rate, else <see cref="DropoutScaling.None"/>, the
    /// only choice there.
    /// </summary>
    public DropoutScaling? Scaling { get; init; }

    /// <summary>What a dropped value becomes. Default: <see cref="DropoutFill.Zero"/>.</summary>
    public DropoutFill Fill { get; init; } = DropoutFill.Zero;

    /// <summary>How many dropped-out copies of each row there are, each with its own mask. At least 1. Default: 1.</summary>
    public int Copies { get; init; } = DefaultCopies;

    /// <summary>True if the untouched row comes first, then the copies. Default: false.</summary>
    public bool KeepOriginal { get; init; }

    /// <summary>
    /// A scalar column (integers, text, keys, booleans) whose value names the mask instead of the row: rows with an equal value
    /// share one, so that an outage lasts a whole session, and shards of a data set agree. Not together with
    /// <see cref="SharedAcrossRows"/>, and not needed to predict. Null, the default, is by row.
    /// </summary>
    public string? MaskKeyColumnName { get; init; }

    /// <summary>
    /// The seed of the masks. The same seed gives the same masks for the same rows, everywhere: two stages of one chain with
    /// equal seeds drop the same coins. Null, the default, is drawn from the <see cref="MLContext"/>, so that
    /// <c>new MLContext(seed)</c> alone makes a run repeatable and each stage its own.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>
    /// What computes the dropped-out rows of a stage or view; a <see cref="DropoutPlan"/> called directly does it itself. Values
    /// are the same, bit for bit. Null, the default, are the SIMD kernels, which win where rows lie in main memory.
    /// </summary>
    /// <remarks>
    /// With a backend, a second cursor reads the dropped column ahead, many rows at a time; so every pass over the source must
    /// give the same rows, as ML.NET's views do, and a cursor set is one cursor.
    /// </remarks>
    public DropoutBackend? Backend { get; init; }

    /// <summary>The column that is read: <see cref="InputColumnName"/>, or the output column where that is null.</summary>
    internal string SourceColumnName => InputColumnName ?? OutputColumnName;

    /// <summary>How many rows come out for each that goes in.</summary>
    internal long RowsPerInput => Copies + (KeepOriginal ? 1L : 0L);

    /// <summary>The scaling in force: <see cref="Scaling"/>, or what follows from fill and rates where that is null.</summary>
    internal DropoutScaling EffectiveScaling => Scaling
        ?? (Fill == DropoutFill.Zero && DroppedChannels is null ? DropoutScaling.Inverted : DropoutScaling.None);

    /// <summary>The rate in force where there is one for all coins.</summary>
    internal double EffectiveRate => Rate ?? DefaultRate;

    // By reflection, so that no option can be forgotten: for logs and debuggers that is fast enough.
    private IEnumerable<string> ChangedOptions =>
        from option in typeof(SpatialDropoutOptions).GetProperties()
        let value = option.GetValue(this)
        where !Equals(value, option.GetValue(Defaults))
        select Invariant($"{option.Name} = {value ?? "null"}");

    /// <summary>The options that differ from their defaults, for logs and debuggers.</summary>
    public override string ToString() =>
        $"{nameof(SpatialDropoutOptions)} {{{string.Join(',', ChangedOptions.Select(option => $" {option}"))} }}";

    /// <summary>The rate of a coin.</summary>
    internal double RateOf(int coin) => ChannelRates is null ? EffectiveRate : ChannelRates[coin];

    /// <summary>The shapes of a row of <paramref name="length"/> elements, a length that fits, and of its coins.</summary>
    internal (DropoutShape Shape, DropoutShape NoiseShape) ShapesFor(int length) => this switch
    {
        { Channels: { } channels, Layout: ChannelLayout.TimeByChannel } => ([length / channels, channels], [1, channels]),
        { Channels: { } channels } => ([channels, length / channels], [channels, 1]),
        { Shape: { } shape } => (shape, NoiseShape ?? shape),
        _ => ([length], [length]),
    };
}
