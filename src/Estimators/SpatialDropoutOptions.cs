using System.Diagnostics;
using Microsoft.ML;
using static System.FormattableString;

namespace MLNet.SpatialDropout;

/// <summary>
/// What to drop from a vector column, how often, and what becomes of it. Immutable; vary it with a <c>with</c> expression.
/// </summary>
/// <remarks>
/// <para>
/// Dropout is one operation with a <em>noise shape</em>: random decisions ("coins") have the noise shape and are broadcast to the
/// row's shape, so that elements which share a coin are dropped or kept together.
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
    /// <summary>The default of <see cref="Rate"/>, as in PyTorch.</summary>
    /// <example>
    /// <code>
    /// double rate = configured ?? SpatialDropoutOptions.DefaultRate;
    /// var stage = mlContext.Transforms.SpatialDropout("Features", channels: 6, rate: rate);
    /// </code>
    /// </example>
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
    /// The column to write the result to. Required by a stage or a view; a <see cref="DropoutPlan"/> made directly
    /// needs none.
    /// </summary>
    /// <example>
    /// <code>
    /// var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6 };   // "Features" itself drops
    /// </code>
    /// </example>
    public string OutputColumnName { get; init; } = "";

    /// <summary>
    /// The column to read: a vector of known size of <see cref="float"/> or <see cref="double"/>. Null, the default, is
    /// <see cref="OutputColumnName"/>.
    /// </summary>
    /// <example>
    /// <code>
    /// // "Features" stays as it is, and "Dropped" is its dropped-out copy.
    /// var options = new SpatialDropoutOptions { OutputColumnName = "Dropped", InputColumnName = "Features", Channels = 6 };
    /// </code>
    /// </example>
    public string? InputColumnName { get; init; }

    /// <summary>
    /// The number of channels of a vector of length time x channels: one coin each. At least 1, and it divides the vector's
    /// length. Null, the default, where <see cref="Shape"/> or <see cref="PerElement"/> says it.
    /// </summary>
    /// <example>
    /// <code>
    /// var options = new SpatialDropoutOptions { Channels = 6, Seed = 7 };
    /// DropoutShape shape = DropoutPlan.Create(options, length: 768).Shape;   // [128, 6]: the length says how many steps
    /// </code>
    /// </example>
    public int? Channels { get; init; }

    /// <summary>The order of the values when <see cref="Channels"/> is given. Default: [time, channels].</summary>
    /// <example>
    /// <code>
    /// // 128 values of the first sensor, then 128 of the second, and so on.
    /// var options = new SpatialDropoutOptions
    /// {
    ///     OutputColumnName = "Features",
    ///     Channels = 6,
    ///     Layout = ChannelLayout.ChannelByTime,
    /// };
    /// </code>
    /// </example>
    public ChannelLayout Layout { get; init; } = DefaultLayout;

    /// <summary>
    /// The shape of a row, instead of <see cref="Channels"/>: axis sizes whose product is the vector's length. Null, the
    /// default, where <see cref="Channels"/> or <see cref="PerElement"/> says it.
    /// </summary>
    /// <example>
    /// <code>
    /// // Images of 16 x 16 pixels with 8 values each, which are lost one by one over the whole image.
    /// var options = new SpatialDropoutOptions { OutputColumnName = "Pixels", Shape = [16, 16, 8], NoiseShape = [1, 1, 8] };
    /// </code>
    /// </example>
    public DropoutShape? Shape { get; init; }

    /// <summary>
    /// The shape of the coins: as many axes as <see cref="Shape"/>, each 1 (one coin for the whole axis) or that axis' size.
    /// Null, the default, is one coin per element of <see cref="Shape"/>.
    /// </summary>
    /// <example>
    /// <code>
    /// // Four windows of 32 steps: a sensor may fail in one and be back in the next.
    /// var options = new SpatialDropoutOptions { OutputColumnName = "Features", Shape = [4, 32, 6], NoiseShape = [4, 1, 6] };
    /// </code>
    /// </example>
    public DropoutShape? NoiseShape { get; init; }

    /// <summary>
    /// True if every element has its own coin, whatever the vector's length, instead of <see cref="Channels"/> or
    /// <see cref="Shape"/>: plain dropout. Default: false.
    /// </summary>
    /// <example>
    /// <code>
    /// // Plain dropout, as mlContext.Transforms.Dropout has it, with four copies of each row.
    /// var options = new SpatialDropoutOptions { OutputColumnName = "Features", PerElement = true, Copies = 4 };
    /// </code>
    /// </example>
    public bool PerElement { get; init; }

    /// <summary>
    /// True if the noise shape's batch axis is 1: all rows share one mask (each copy has its own). Default: false, each row
    /// has its own.
    /// </summary>
    /// <example>
    /// <code>
    /// // All rows lose the same sensors, and read no higher for it.
    /// var oneOutage = options with { SharedAcrossRows = true, Scaling = DropoutScaling.None };
    /// IDataView outage = mlContext.Data.SpatialDropout(test, oneOutage);
    /// </code>
    /// </example>
    public bool SharedAcrossRows { get; init; }

    /// <summary>
    /// The probability, 0 to 1, that a coin drops. 0 touches nothing, 1 drops everything. Null, the default, is 0.5, or nothing
    /// where <see cref="ChannelRates"/> or <see cref="DroppedChannels"/> is set.
    /// </summary>
    /// <example>
    /// <code>
    /// // Each of the six is lost in three rows of ten.
    /// var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Rate = 0.3 };
    /// </code>
    /// </example>
    public double? Rate { get; init; }

    /// <summary>
    /// One rate per coin, in row-major order of the noise shape, instead of <see cref="Rate"/>: for sensors that fail at
    /// different rates. Null, the default, is one rate for all.
    /// </summary>
    /// <example>
    /// <code>
    /// // Instead of Rate: channel 0 never drops.
    /// var oneIsSafe = options with { Rate = null, ChannelRates = [0, 0.3, 0.3, 0.3, 0.3, 0.3] };
    /// </code>
    /// </example>
    public DropoutRates? ChannelRates { get; init; }

    /// <summary>
    /// How many coins drop in a row, instead of a rate: a number drawn uniformly from Min to Max, both included, and exactly that
    /// many (unless <see cref="MinKept"/> keeps more). Null, the default, is by rate.
    /// </summary>
    /// <example>
    /// <code>
    /// // Instead of Rate: each row loses one channel or two.
    /// var oneOrTwo = options with { Rate = null, DroppedChannels = (1, 2) };
    /// </code>
    /// </example>
    public (int Min, int Max)? DroppedChannels { get; init; }

    /// <summary>
    /// How many coins are kept at least, 0 to all: where fewer would be, dropped ones are kept after all, whatever the rates
    /// and <see cref="DroppedChannels"/> say. Scaling knows nothing of it: where it matters, set <see cref="Scaling"/> to None,
    /// as is required where a coin of rate 1 might have to be kept. Default: 0.
    /// </summary>
    /// <example>
    /// <code>
    /// var harsh = options with { Rate = 0.8, MinKept = 2, Scaling = DropoutScaling.None };   // four of six drop at most
    /// </code>
    /// </example>
    public int MinKept { get; init; } = DefaultMinKept;

    /// <summary>
    /// The probability, 0 to 1, that a row (or a copy of it) is touched at all; one that is not stays as it is, unscaled.
    /// Default: 1.
    /// </summary>
    /// <example>
    /// <code>
    /// var sparing = options with { RowProbability = 0.5 };   // about every second row stays as it is, unscaled
    /// </code>
    /// </example>
    public double RowProbability { get; init; } = DefaultRowProbability;

    /// <summary>
    /// What happens to the values that are kept. Null, the default, is <see cref="DropoutScaling.Inverted"/> where
    /// <see cref="Fill"/> is <see cref="DropoutFill.Zero"/> and coins drop by rate, else <see cref="DropoutScaling.None"/>, the
    /// only choice there.
    /// </summary>
    /// <example>
    /// <code>
    /// // A sensor that survives reads no higher than before.
    /// var options = new SpatialDropoutOptions
    /// {
    ///     OutputColumnName = "Features",
    ///     Channels = 6,
    ///     Scaling = DropoutScaling.None,
    /// };
    /// </code>
    /// </example>
    public DropoutScaling? Scaling { get; init; }

    /// <summary>What a dropped value becomes. Default: <see cref="DropoutFill.Zero"/>.</summary>
    /// <example>
    /// <code>
    /// var minusOne = options with { Fill = DropoutFill.Constant(-1) };   // a lost sensor reads -1
    /// </code>
    /// </example>
    public DropoutFill Fill { get; init; } = DropoutFill.Zero;

    /// <summary>How many dropped-out copies of each row there are, each with its own mask. At least 1. Default: 1.</summary>
    /// <example>
    /// <code>
    /// var four = options with { Copies = 4 };   // four rows for each that comes in, each with its own losses
    /// </code>
    /// </example>
    public int Copies { get; init; } = DefaultCopies;

    /// <summary>True if the untouched row comes first, then the copies. Default: false.</summary>
    /// <example>
    /// <code>
    /// var five = options with { Copies = 4, KeepOriginal = true };   // the row as it came in, then four with losses
    /// </code>
    /// </example>
    public bool KeepOriginal { get; init; }

    /// <summary>
    /// A scalar column (integers, text, keys, booleans) whose value names the mask instead of the row: rows with an equal value
    /// share one, so that an outage lasts a whole session, and shards of a data set agree. Not together with
    /// <see cref="SharedAcrossRows"/>, and not needed to predict. Null, the default, is by row.
    /// </summary>
    /// <example>
    /// <code>
    /// var bySession = options with { MaskKeyColumnName = "Session" };   // rows of one session lose the same sensors
    /// </code>
    /// </example>
    public string? MaskKeyColumnName { get; init; }

    /// <summary>
    /// The seed of the masks. The same seed gives the same masks for the same rows, everywhere: two stages of one chain with
    /// equal seeds drop the same coins. Null, the default, is drawn from the <see cref="MLContext"/>, so that
    /// <c>new MLContext(seed)</c> alone makes a run repeatable and each stage its own.
    /// </summary>
    /// <example>
    /// <code>
    /// var repeatable = options with { Seed = 7 };   // the same losses in every run, whatever the MLContext's seed
    /// </code>
    /// </example>
    public int? Seed { get; init; }

    /// <summary>
    /// What computes the dropped-out rows of a stage or view; a <see cref="DropoutPlan"/> called directly does it itself. Values
    /// are the same, bit for bit. Null, the default, are the SIMD kernels, which win where rows lie in main memory.
    /// </summary>
    /// <remarks>
    /// With a backend, a second cursor reads the dropped column ahead, many rows at a time; so every pass over the source must
    /// give the same rows, as ML.NET's views do, and a cursor set is one cursor.
    /// </remarks>
    /// <example>
    /// <code>
    /// var onDevice = options with { Backend = TorchBackend.For(mlContext) };   // the same values, computed by TorchSharp
    /// </code>
    /// </example>
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
    /// <example>
    /// <code>
    /// var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Copies = 4, KeepOriginal = true };
    /// Console.WriteLine(options);
    /// // SpatialDropoutOptions { OutputColumnName = Features, Channels = 6, Copies = 4, KeepOriginal = True }
    /// </code>
    /// </example>
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
