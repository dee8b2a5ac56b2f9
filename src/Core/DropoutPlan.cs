using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static System.FormattableString;

namespace MLNet.SpatialDropout;

/// <summary>
/// Options compiled for one vector length. A plan draws the mask of a row and applies it. It is immutable and thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// A mask is a pure function of seed, mask key and copy, the same on every pass, thread and machine: Philox4x32-10 (Salmon et
/// al. 2011) over a counter made of them. <c>docs/masks.md</c> defines it to the bit.
/// </para>
/// <para>
/// A kept value becomes value x scale. With <see cref="DropoutScaling.Inverted"/> the scale is (float)(1 / (1 - rate)), for
/// vectors of <see cref="double"/> too. With a scale of 1 no bit changes, NaN payloads included. A dropped value is replaced by
/// the fill, even if it is NaN or infinite. Rate 0 changes no bit. Rate 1 drops everything, except what
/// <see cref="DropoutOptions.MinKept"/> and <see cref="DropoutOptions.RowProbability"/> spare.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var plan = DropoutPlan.Create(new DropoutOptions { Channels = 6, Rate = 0.3, Seed = 7 }, length: 128 * 6);
/// plan.Apply(new MaskKey(42), row, row);   // in place
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class DropoutPlan
{
    private readonly CoinSampler _sampler;

    // One scale for all coins, or one for each if they differ.
    private readonly float[] _scales;

    // For each of the fills that are drawn one value for all channels, or one for each. Null for the last value.
    private readonly double[]?[] _fills;

    // Made on demand. Threads that race for one make equal ones.
    private RowDropout<float>? _singles;
    private RowDropout<double>? _doubles;

    private DropoutPlan(DropoutOptions options, int seed, int length, double[]? means)
    {
        Options = options;
        Length = length;
        (Shape, NoiseShape) = options.ShapesFor(length);
        Broadcast = new NoiseBroadcast(Shape, NoiseShape, options.Groups);
        _sampler = new CoinSampler(options, seed, MaskLength);
        _scales = options.Rates is { } rates && options.Scaling != DropoutScaling.None
            ? [.. rates.Select(rate => ScaleFor(options, rate))]
            : [ScaleFor(options, options.EffectiveRate)];
        _fills = [.. options.Fill.Alternatives.Select(fill => FillFor(fill, means))];
    }

    /// <summary>The options that the plan was made from.</summary>
    public DropoutOptions Options { get; }

    /// <summary>The number of elements of a row.</summary>
    public int Length { get; }

    /// <summary>The shape of a row, outermost axis first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>
    /// The noise shape. It has the rank of <see cref="Shape"/>; each axis is 1 or the size of that axis. Neighbouring channels of
    /// a group (see <see cref="DropoutOptions.Groups"/>) share an element of the mask.
    /// </summary>
    public IReadOnlyList<int> NoiseShape { get; }

    /// <summary>
    /// The number of elements of a mask: the number of groups, if there are any. Otherwise the product of
    /// <see cref="NoiseShape"/>, which is the number of channels if <see cref="DropoutOptions.Channels"/> gives the layout.
    /// </summary>
    public int MaskLength => Broadcast.CoinCount;

    /// <summary>How the mask lies over a row.</summary>
    internal NoiseBroadcast Broadcast { get; }

    /// <summary>Applies the plan to rows of <see cref="float"/>.</summary>
    internal RowDropout<float> Singles => _singles ??= MakeRowDropout<float>();

    /// <summary>Applies the plan to rows of <see cref="double"/>.</summary>
    internal RowDropout<double> Doubles => _doubles ??= MakeRowDropout<double>();

    private string Groups => Options.Groups is { } groups ? $", groups {groups}" : "";

    private string Frequency => Options switch
    {
        { DroppedChannels: { } dropped } => Invariant($"{dropped.Min} to {dropped.Max} dropped"),
        { LostChannels: { } lost } => $"lost {lost}",
        { Rates: { } rates } => $"rates {rates}",
        _ => Invariant($"rate {Options.EffectiveRate}"),
    };

    private string Exceptions => string.Concat(
        Options.MinKept > 0 ? Invariant($", at least {Options.MinKept} kept") : "",
        Options.RowProbability < 1 ? Invariant($", row probability {Options.RowProbability}") : "",
        Options.OutageSteps is { } steps ? $", for {steps} steps" : "",
        Options.SharedAcrossRows ? ", one mask for all rows" : "");

    /// <summary>Compiles options for vectors of one length.</summary>
    /// <param name="options">
    /// What happens to a row. <see cref="DropoutOptions.Seed"/> must be set, because a plan has no MLContext to draw it from.
    /// <see cref="DropoutFill.ChannelMean"/> is refused, because a plan has no data to learn it from. All other fills are taken.
    /// </param>
    /// <param name="length">The number of elements of a row.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or does not fit the length.</exception>
    /// <exception cref="ArgumentException">Options are missing or contradict each other.</exception>
    /// <example>
    /// <code>
    /// var plan = DropoutPlan.Create(options with { Seed = 7 }, length: 128 * 6);
    /// </code>
    /// </example>
    public static DropoutPlan Create(DropoutOptions options, int length)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionRules.CheckValues(options);
        OptionRules.CheckHasLayout(options);
        OptionRules.CheckLength(options, length, nameof(length));
        return Compile(options, length, means: null);
    }

    /// <summary>Draws the mask of a row, in row-major order of <see cref="NoiseShape"/>, or by groups.</summary>
    /// <param name="key">What names the mask.</param>
    /// <param name="keep">Receives <see cref="MaskLength"/> values: true for a channel (or group) that is kept.</param>
    /// <returns>
    /// Whether the row is changed. If not (see <see cref="DropoutOptions.RowProbability"/>), all channels are kept and nothing
    /// is scaled.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="keep"/> is not of length <see cref="MaskLength"/>.</exception>
    /// <example>
    /// <code>
    /// var keep = new bool[plan.MaskLength];
    /// bool isChanged = plan.DrawMask(new MaskKey(42), keep);   // keep[2] is false if row 42 loses channel 2
    /// </code>
    /// </example>
    [SkipLocalsInit]
    public bool DrawMask(MaskKey key, Span<bool> keep)
    {
        if (keep.Length != MaskLength)
            SpanRules.ThrowLength(nameof(keep), keep.Length, "a mask of the plan has", MaskLength);
        using var masks = new Scratch<uint>(stackalloc uint[CoinSampler.MasksOnStack], _sampler.MaskLength);
        bool isTouched = _sampler.Draw(in key, masks.Span);
        if (isTouched)
            CoinMasks.ToBooleans(masks.Span[..MaskLength], keep);
        else
            keep.Fill(true);
        return isTouched;
    }

    /// <summary>Draws the masks of rows.</summary>
    /// <param name="keys">What names the masks, one key for each row.</param>
    /// <param name="keep">
    /// Receives <see cref="MaskLength"/> values for each row: those of <see cref="DrawMask(MaskKey, Span{bool})"/>.
    /// </param>
    /// <param name="changed">Receives for each row whether it is changed. Default: empty, if nobody asks.</param>
    /// <remarks>This is faster than row by row if masks are short and the keys count up.</remarks>
    /// <exception cref="ArgumentException">A span does not have the length for the keys.</exception>
    /// <example>
    /// <code>
    /// var keep = new bool[keys.Length * plan.MaskLength];
    /// plan.DrawMasks(keys, keep);   // keep[row * plan.MaskLength + 2] is false if the row loses channel 2
    /// </code>
    /// </example>
    public void DrawMasks(ReadOnlySpan<MaskKey> keys, Span<bool> keep, Span<bool> changed = default)
    {
        long masks = (long)keys.Length * MaskLength;
        if (keep.Length != masks)
            SpanRules.ThrowLength(nameof(keep), keep.Length, "masks of the plan for the keys have", masks);
        if (!changed.IsEmpty && changed.Length != keys.Length)
            SpanRules.ThrowLength(nameof(changed), changed.Length, "there are", keys.Length, "keys");

        MaskLookahead? lookahead = _sampler.RowsAhead > 1 ? new MaskLookahead(_sampler) : null;
        for (int row = 0; row < keys.Length; row++)
        {
            Span<bool> mask = keep.Slice(row * MaskLength, MaskLength);
            bool isChanged = true;
            if (lookahead is null)
                isChanged = DrawMask(keys[row], mask);
            else
                CoinMasks.ToBooleans(lookahead.MasksOf(in keys[row])[..MaskLength], mask);
            if (!changed.IsEmpty)
                changed[row] = isChanged;
        }
    }

    /// <summary>Draws which of the fills of a <see cref="DropoutFill.OneOf"/> each channel takes if it drops.</summary>
    /// <param name="key">What names the mask.</param>
    /// <param name="fills">
    /// Receives <see cref="MaskLength"/> numbers of fills, counted from 0, also for channels (or groups) that are kept.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="fills"/> is not of length <see cref="MaskLength"/>.</exception>
    /// <example>
    /// <code>
    /// var fills = new int[plan.MaskLength];
    /// plan.DrawFills(new MaskKey(42), fills);   // with OneOf(Zero, Missing): a lost channel 2 of row 42 reads NaN if fills[2] is 1
    /// </code>
    /// </example>
    [SkipLocalsInit]
    public void DrawFills(MaskKey key, Span<int> fills)
    {
        if (fills.Length != MaskLength)
            SpanRules.ThrowLength(nameof(fills), fills.Length, "a mask of the plan has", MaskLength);
        using var fillOfCoin = new Scratch<uint>(stackalloc uint[CoinSampler.MasksOnStack], _sampler.MaskLength);
        _sampler.DrawFills(in key, _fills.Length, fillOfCoin.Span);
        MemoryMarshal.Cast<uint, int>(fillOfCoin.Span)[..MaskLength].CopyTo(fills);
    }

    /// <summary>Draws for which steps of a row its dropped channels are lost.</summary>
    /// <param name="key">What names the mask.</param>
    /// <returns>
    /// The first step, counted from 0, and the number of steps. All steps, unless <see cref="DropoutOptions.OutageSteps"/> says for
    /// how many. A row without <see cref="DropoutOptions.Channels"/> and <see cref="DropoutOptions.Groups"/> is one step.
    /// </returns>
    /// <example>
    /// <code>
    /// (int first, int count) = plan.DrawOutage(new MaskKey(42));   // row 42 loses the steps first to first + count - 1
    /// </code>
    /// </example>
    public (int First, int Count) DrawOutage(MaskKey key)
    {
        int steps = Options.StepsFor(Length);
        return Options.OutageSteps is { } range ? _sampler.DrawSteps(in key, range, steps) : (0, steps);
    }

    /// <summary>What kept values are multiplied by. A scale of 1 leaves their bits alone.</summary>
    /// <param name="channel">The channel, counted from 0: an index into <see cref="NoiseShape"/> in row-major order.</param>
    /// <returns>The scale.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such channel.</exception>
    /// <example>
    /// <code>
    /// float scale = plan.GetScale(channel: 2);   // 1; with inverted scaling and rate 0.3, 1 / (1 - 0.3) = 1.4285715
    /// </code>
    /// </example>
    public float GetScale(int channel)
    {
        CheckChannel(channel);
        return _scales[_scales.Length == 1 ? 0 : Broadcast.CoinOfChannel(channel)];
    }

    /// <summary>What dropped values become. Rows of <see cref="float"/> get the nearest <see cref="float"/>.</summary>
    /// <param name="channel">The channel, counted from 0: an index into <see cref="NoiseShape"/> in row-major order.</param>
    /// <param name="fill">Which of the fills of a <see cref="DropoutFill.OneOf"/>, counted from 0. Default: 0.</param>
    /// <returns>The fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such channel or fill.</exception>
    /// <exception cref="InvalidOperationException">The fill is <see cref="DropoutFill.LastValue"/>, which differs from row to row.
    /// </exception>
    /// <example>
    /// <code>
    /// double mean = stage.Fit(train).Plan.GetFill(channel: 2);   // with Fill = ChannelMean: its mean in the training data
    /// </code>
    /// </example>
    public double GetFill(int channel, int fill = 0)
    {
        CheckChannel(channel);
        if ((uint)fill >= (uint)_fills.Length)
            ThrowHelper.ThrowOutOfRange(nameof(fill), fill, Invariant($"from 0 to {_fills.Length - 1}"));
        double[] values = _fills[fill]
            ?? throw new InvalidOperationException("The fill is LastValue, which differs from row to row.");
        return values[values.Length == 1 ? 0 : channel];
    }

    /// <summary>Drops out one row.</summary>
    /// <param name="key">What names the mask.</param>
    /// <param name="source">The row: <see cref="Length"/> elements.</param>
    /// <param name="destination">
    /// Receives <see cref="Length"/> elements. It is the same memory as <paramref name="source"/>, or does not overlap it.
    /// </param>
    /// <exception cref="ArgumentException">A span has another length, or the spans overlap without being the same.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fill is a constant that the elements cannot hold.</exception>
    /// <example>
    /// <code>
    /// var dropped = new float[plan.Length];
    /// plan.Apply(new MaskKey(42), source: row, destination: dropped);   // row itself does not change
    /// </code>
    /// </example>
    public void Apply(MaskKey key, ReadOnlySpan<float> source, Span<float> destination) =>
        Singles.Apply(in key, source, destination);

    /// <inheritdoc cref="Apply(MaskKey, ReadOnlySpan{float}, Span{float})"/>
    public void Apply(MaskKey key, ReadOnlySpan<double> source, Span<double> destination) =>
        Doubles.Apply(in key, source, destination);

    /// <summary>Drops out consecutive rows whose mask keys count up.</summary>
    /// <param name="first">
    /// What names the mask of the first row. Row i has the key (<see cref="MaskKey.Low"/> + i, <see cref="MaskKey.High"/>), like
    /// the row IDs of most ML.NET sources.
    /// </param>
    /// <param name="source">The rows: any number of them, each of <see cref="Length"/> elements.</param>
    /// <param name="destination">
    /// Receives as many elements. It is the same memory as <paramref name="source"/>, or does not overlap it.
    /// </param>
    /// <remarks>
    /// The results are those of <see cref="Apply(MaskKey, ReadOnlySpan{float}, Span{float})"/> row by row. This is faster if
    /// rows are short, because the masks of several rows are drawn at once.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// <paramref name="source"/> is not a whole number of rows, the spans differ in length, or they overlap without being the
    /// same.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The fill is a constant that the elements cannot hold.</exception>
    /// <example>
    /// <code>
    /// plan.ApplyRows(new MaskKey(0), batch, batch);   // rows 0, 1, 2, ... of a batch, in place
    /// </code>
    /// </example>
    public void ApplyRows(MaskKey first, ReadOnlySpan<float> source, Span<float> destination) =>
        Singles.ApplyRows(in first, source, destination);

    /// <inheritdoc cref="ApplyRows(MaskKey, ReadOnlySpan{float}, Span{float})"/>
    public void ApplyRows(MaskKey first, ReadOnlySpan<double> source, Span<double> destination) =>
        Doubles.ApplyRows(in first, source, destination);

    /// <summary>Drops out consecutive rows with any mask keys.</summary>
    /// <param name="keys">What names the masks, one key for each row.</param>
    /// <param name="source">The rows: as many as keys, each of <see cref="Length"/> elements.</param>
    /// <param name="destination">
    /// Receives as many elements. It is the same memory as <paramref name="source"/>, or does not overlap it.
    /// </param>
    /// <remarks>
    /// The results are those of <see cref="Apply(MaskKey, ReadOnlySpan{float}, Span{float})"/> row by row. Rows whose keys count
    /// up are as fast as with <see cref="ApplyRows(MaskKey, ReadOnlySpan{float}, Span{float})"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// <paramref name="source"/> does not have one row for each key, the spans differ in length, or they overlap without being
    /// the same.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The fill is a constant that the elements cannot hold.</exception>
    /// <example>
    /// <code>
    /// MaskKey[] keys = [.. sessions.Select(session => MaskKey.FromText(session))];
    /// plan.ApplyRows(keys, batch, batch);   // rows of one session lose the same channels
    /// </code>
    /// </example>
    public void ApplyRows(ReadOnlySpan<MaskKey> keys, ReadOnlySpan<float> source, Span<float> destination) =>
        Singles.ApplyRows(keys, source, destination);

    /// <inheritdoc cref="ApplyRows(ReadOnlySpan{MaskKey}, ReadOnlySpan{float}, Span{float})"/>
    public void ApplyRows(ReadOnlySpan<MaskKey> keys, ReadOnlySpan<double> source, Span<double> destination) =>
        Doubles.ApplyRows(keys, source, destination);

    /// <summary>Shapes, rate, fill, scaling and seed, for logs and debuggers.</summary>
    public override string ToString() =>
        $"rows of {Shape}, noise {NoiseShape}{Groups}, {Frequency}{Exceptions}, fill {Options.Fill}, scaling {Options.Scaling}"
        + Invariant($", seed {Options.Seed}");

    /// <summary>Compiles options that were checked.</summary>
    /// <param name="options">The options.</param>
    /// <param name="length">The number of elements of a row.</param>
    /// <param name="means">The learned fill of each channel if the fill is the channel's mean, else null.</param>
    internal static DropoutPlan Compile(DropoutOptions options, int length, double[]? means)
    {
        if (options.Seed is null)
            ThrowHelper.ThrowInvalid(
                nameof(options.Seed), "Seed is null, and a plan has no MLContext to draw one from. Set any 32-bit integer.");
        if (options.Fill.IsLearned && means is null)
            ThrowHelper.ThrowInvalid(
                nameof(options.Fill),
                $"Fill is {options.Fill}, but a plan has no data to learn it from. Use a stage or view, or another fill.");
        return new DropoutPlan(options.ToRowOptions(), options.Seed.Value, length, means);
    }

    private RowDropout<T> MakeRowDropout<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        OptionRules.CheckFill<T>(Options);
        return new RowDropout<T>(_sampler, Broadcast, Length, _scales, _fills, Options);
    }

    private double[]? FillFor(DropoutFill fill, double[]? means) =>
        fill == DropoutFill.LastValue ? null
        : fill == DropoutFill.ChannelMean ? means
        : fill.Values is { } values
            ? [.. Enumerable.Range(0, Broadcast.ChannelCount).Select(channel => values[Broadcast.CoinOfChannel(channel)])]
        : [fill.Value.GetValueOrDefault()];

    private void CheckChannel(int channel)
    {
        if ((uint)channel >= (uint)Broadcast.ChannelCount)
            ThrowHelper.ThrowOutOfRange(nameof(channel), channel, Invariant($"from 0 to {Broadcast.ChannelCount - 1}"));
    }

    // At rate 1 nothing is kept, and 1 / 0 would be a scale for nothing.
    private static float ScaleFor(DropoutOptions options, double rate) =>
        options.Scaling == DropoutScaling.Inverted && rate < 1 ? (float)(1 / (1 - rate)) : 1;
}
