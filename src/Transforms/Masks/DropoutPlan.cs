using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static System.FormattableString;

namespace MLNet.SpatialDropout;

/// <summary>
/// Options compiled for one vector length: draws the mask of a row and applies it. Immutable and thread-safe; stages, views
/// and callers without ML.NET share it.
/// </summary>
/// <remarks>
/// <para>
/// A mask is a pure function of (seed, row key, copy), the same on every pass, thread and machine: Philox4x32-10 (Salmon et
/// al. 2011) over a counter made of them. <c>docs/masks.md</c> defines it to the bit.
/// </para>
/// <para>
/// A kept value becomes value x scale, where scale = (float)(1 / (1 - rate)) for <see cref="DropoutScaling.Inverted"/>, for
/// vectors of <see cref="double"/> too; with a scale of 1 no bit of it changes, NaN payloads included. A dropped value is
/// replaced by the fill, whatever it was: NaN and infinities as well. Rate 0 touches no bit; rate 1
/// drops everything that <see cref="SpatialDropoutOptions.MinKept"/> and <see cref="SpatialDropoutOptions.RowProbability"/> do
/// not spare.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var plan = DropoutPlan.Create(new SpatialDropoutOptions { Channels = 6, Rate = 0.3, Seed = 7 }, length: 128 * 6);
/// plan.Apply(new RowKey(42), row, row);   // in place
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class DropoutPlan
{
    // Masks of as many coins are on the stack; others are rented.
    private const int MasksOnStack = 1024;

    private readonly NoiseBroadcast _broadcast;
    private readonly CoinSampler _sampler;

    // One scale and fill for all coins, or one for each where they differ.
    private readonly float[] _scales;
    private readonly double[] _fills;

    // Whether each element has a coin of its own, and coins differ in nothing: plain dropout.
    private readonly bool _dropsElements;

    // Made for the element types that are asked for; threads that make one at the same time make the same.
    private CoinLayout<float>? _singleLayout;
    private CoinLayout<double>? _doubleLayout;

    private DropoutPlan(SpatialDropoutOptions options, int seed, int length, double[]? means)
    {
        Options = options;
        Length = length;
        (Shape, NoiseShape) = options.ShapesFor(length);
        _broadcast = new NoiseBroadcast(Shape, NoiseShape);
        _sampler = new CoinSampler(options, seed, CoinCount);
        if (means is null && (options.ChannelRates is null || options.EffectiveScaling == DropoutScaling.None))
        {
            _scales = [ScaleFor(options, options.EffectiveRate)];
            _fills = [options.Fill.Value.GetValueOrDefault()];
        }
        else
        {
            _scales = [.. Enumerable.Range(0, CoinCount).Select(coin => ScaleFor(options, options.RateOf(coin)))];
            _fills = means ?? [.. Enumerable.Repeat(options.Fill.Value.GetValueOrDefault(), CoinCount)];
        }

        _dropsElements = CoinCount == Length && _scales.Length == 1 && _sampler.IsByOneRate;
    }

    /// <summary>The options the plan was made from.</summary>
    /// <example>
    /// <code>
    /// var longer = DropoutPlan.Create(plan.Options, length: 256 * 6);   // the same masks, for twice as many steps
    /// </code>
    /// </example>
    public SpatialDropoutOptions Options { get; }

    /// <summary>The number of elements of a row.</summary>
    /// <example>
    /// <code>
    /// float[] batch = new float[rows * plan.Length];   // plan.Length is 768: 128 steps of 6 channels
    /// </code>
    /// </example>
    public int Length { get; }

    /// <summary>The shape of a row, outermost axis first.</summary>
    /// <example>
    /// <code>
    /// int steps = plan.Shape[0];   // 128, of a plan for 6 channels and vectors of length 768
    /// </code>
    /// </example>
    public DropoutShape Shape { get; }

    /// <summary>The shape of the coins: of the rank of <see cref="Shape"/>, each axis 1 or that axis' size.</summary>
    /// <example>
    /// <code>
    /// bool isLostForAllSteps = plan.NoiseShape[0] == 1;   // true for [1, 6]: a coin for each channel, and none for steps
    /// </code>
    /// </example>
    public DropoutShape NoiseShape { get; }

    /// <summary>The number of coins of a row: the product of <see cref="NoiseShape"/>.</summary>
    /// <example>
    /// <code>
    /// Span&lt;bool> keep = stackalloc bool[plan.CoinCount];   // 6, one for each channel
    /// </code>
    /// </example>
    public int CoinCount => _broadcast.CoinCount;

    private string Frequency => Options switch
    {
        { DroppedChannels: { } dropped } => $"{dropped.Min} to {dropped.Max} dropped",
        { ChannelRates: { } rates } => $"rates {rates}",
        _ => Invariant($"rate {Options.EffectiveRate}"),
    };

    private string Exceptions => string.Concat(
        Options.MinKept > 0 ? $", at least {Options.MinKept} kept" : "",
        Options.RowProbability < 1 ? Invariant($", row probability {Options.RowProbability}") : "",
        Options.SharedAcrossRows ? ", one mask for all rows" : "",
        Options.MaskKeyColumnName is { } key ? $", masks by {key}" : "");

    /// <summary>Compiles options for vectors of one length.</summary>
    /// <param name="options">
    /// What to drop. <see cref="SpatialDropoutOptions.Seed"/> must be set: without an MLContext there is nothing to draw it
    /// from. <see cref="DropoutFill.ChannelMean"/> cannot be asked for: there are no data to learn it from. Column names, copies
    /// and the original row are the view's business; they play no part here beyond being checked.
    /// </param>
    /// <param name="length">The number of elements of a row.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or does not fit the length.</exception>
    /// <exception cref="ArgumentException">Options are missing or contradict each other.</exception>
    /// <example>
    /// <code>
    /// var plan = DropoutPlan.Create(options with { Seed = 7 }, length: 128 * 6);   // no MLContext: the seed must be set
    /// </code>
    /// </example>
    public static DropoutPlan Create(SpatialDropoutOptions options, int length)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionRules.CheckValues(options);
        OptionRules.CheckLength(options, length, nameof(length));
        return Compile(options, length, means: null);
    }

    /// <summary>Draws the mask of a row, coins in row-major order of <see cref="NoiseShape"/>.</summary>
    /// <param name="row">The row and its copy.</param>
    /// <param name="keep">Receives one value for each of the <see cref="CoinCount"/> coins: true where it keeps.</param>
    /// <returns>
    /// Whether the row is touched; where it is not (see <see cref="SpatialDropoutOptions.RowProbability"/>), all coins keep and
    /// nothing is scaled.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="keep"/> is not of length <see cref="CoinCount"/>.</exception>
    /// <example>
    /// <code>
    /// var keep = new bool[plan.CoinCount];
    /// bool isTouched = plan.DrawMask(new RowKey(42), keep);   // keep[2] is false where row 42 loses channel 2
    /// </code>
    /// </example>
    [SkipLocalsInit]
    public bool DrawMask(RowKey row, Span<bool> keep)
    {
        if (keep.Length != CoinCount)
            RefuseLength(nameof(keep), keep.Length, "the plan is for", CoinCount, "coins");
        using var masks = new Scratch<uint>(stackalloc uint[MasksOnStack], _sampler.MaskLength);
        bool isTouched = _sampler.Draw(in row, masks.Span);
        if (isTouched)
            CoinMasks.ToBooleans(masks.Span[..CoinCount], keep);
        else
            keep.Fill(true);
        return isTouched;
    }

    /// <summary>What the kept elements of a coin are multiplied by; 1 leaves their bits alone.</summary>
    /// <param name="coin">A coin, in row-major order of <see cref="NoiseShape"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such coin.</exception>
    /// <example>
    /// <code>
    /// float scale = plan.ScaleOf(coin: 2);   // 1 / (1 - 0.3) = 1.4285715 at rate 0.3; 1 where Scaling is None
    /// </code>
    /// </example>
    public float ScaleOf(int coin)
    {
        CheckCoin(coin);
        return OfCoin(_scales, coin);
    }

    /// <summary>What the dropped elements of a coin become; rows of <see cref="float"/> get the nearest one.</summary>
    /// <param name="coin">A coin, in row-major order of <see cref="NoiseShape"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such coin.</exception>
    /// <example>
    /// <code>
    /// double mean = stage.Fit(train).Plan.FillOf(coin: 2);   // of channel 2 in the training data, as its Fill is ChannelMean
    /// </code>
    /// </example>
    public double FillOf(int coin)
    {
        CheckCoin(coin);
        return OfCoin(_fills, coin);
    }

    /// <summary>Drops out one row: the elements of the coins that drop.</summary>
    /// <param name="row">The row and its copy.</param>
    /// <param name="source">The row: <see cref="Length"/> elements.</param>
    /// <param name="destination">
    /// Receives the <see cref="Length"/> elements; the same memory as <paramref name="source"/>, or apart from it.
    /// </param>
    /// <exception cref="ArgumentException">A span has another length, or the two overlap without being the same.</exception>
    /// <example>
    /// <code>
    /// var dropped = new float[plan.Length];
    /// plan.Apply(new RowKey(42), source: row, destination: dropped);   // row itself stays as it is
    /// </code>
    /// </example>
    public void Apply(RowKey row, ReadOnlySpan<float> source, Span<float> destination) =>
        Apply<float>(in row, source, destination);

    /// <inheritdoc cref="Apply(RowKey, ReadOnlySpan{float}, Span{float})"/>
    public void Apply(RowKey row, ReadOnlySpan<double> source, Span<double> destination) =>
        Apply<double>(in row, source, destination);

    /// <summary>Drops out rows that lie one behind the other, with row keys that follow each other.</summary>
    /// <param name="first">
    /// The first row and its copy. Row i has the key (<see cref="RowKey.Low"/> + i, <see cref="RowKey.High"/>), as the rows of
    /// most sources of ML.NET have.
    /// </param>
    /// <param name="source">The rows: any number times <see cref="Length"/> elements.</param>
    /// <param name="destination">
    /// Receives as many elements; the same memory as <paramref name="source"/>, or apart from it.
    /// </param>
    /// <remarks>
    /// The same as <see cref="Apply(RowKey, ReadOnlySpan{float}, Span{float})"/> row by row, and faster where rows are short: the
    /// masks of several rows are drawn at once.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// <paramref name="source"/> is no whole number of rows, the spans differ in length, or overlap without being the same.
    /// </exception>
    /// <example>
    /// <code>
    /// plan.ApplyRows(new RowKey(0), batch, batch);   // rows 0, 1, 2, ... of a batch, in place
    /// </code>
    /// </example>
    public void ApplyRows(RowKey first, ReadOnlySpan<float> source, Span<float> destination) =>
        ApplyRows<float>(in first, source, destination);

    /// <inheritdoc cref="ApplyRows(RowKey, ReadOnlySpan{float}, Span{float})"/>
    public void ApplyRows(RowKey first, ReadOnlySpan<double> source, Span<double> destination) =>
        ApplyRows<double>(in first, source, destination);

    /// <summary>Drops out rows that lie one behind the other, whatever their keys.</summary>
    /// <param name="rows">The rows' keys and copies.</param>
    /// <param name="source">The rows: as many times <see cref="Length"/> elements.</param>
    /// <param name="destination">
    /// Receives as many elements; the same memory as <paramref name="source"/>, or apart from it.
    /// </param>
    /// <remarks>
    /// The same as <see cref="Apply(RowKey, ReadOnlySpan{float}, Span{float})"/> row by row, and faster where keys follow each
    /// other, as in <see cref="ApplyRows(RowKey, ReadOnlySpan{float}, Span{float})"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// <paramref name="source"/> is not as many rows as there are keys, the spans differ in length, or overlap without being the
    /// same.
    /// </exception>
    /// <example>
    /// <code>
    /// RowKey[] keys = [.. sessions.Select(session => RowKey.FromText(session))];
    /// plan.ApplyRows(keys, batch, batch);   // rows of one session lose the same channels
    /// </code>
    /// </example>
    public void ApplyRows(ReadOnlySpan<RowKey> rows, ReadOnlySpan<float> source, Span<float> destination) =>
        ApplyRows<float>(rows, source, destination);

    /// <inheritdoc cref="ApplyRows(ReadOnlySpan{RowKey}, ReadOnlySpan{float}, Span{float})"/>
    public void ApplyRows(ReadOnlySpan<RowKey> rows, ReadOnlySpan<double> source, Span<double> destination) =>
        ApplyRows<double>(rows, source, destination);

    /// <summary>Shapes, rate and seed, for logs and debuggers.</summary>
    /// <example>
    /// <code>
    /// Console.WriteLine(plan);   // rows of [128, 6], noise [1, 6], rate 0.3, fill Zero, scaling Inverted, seed 7
    /// </code>
    /// </example>
    public override string ToString() =>
        $"rows of {Shape}, noise {NoiseShape}, {Frequency}{Exceptions}, fill {Options.Fill}, scaling {Options.EffectiveScaling}"
        + Invariant($", seed {Options.Seed}") + (Options.Backend is { } backend ? $", computed by {backend}" : "");

    internal void Apply<T>(in RowKey row, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckRow(source, destination);
        ApplyUnchecked(in row, source, destination);
    }

    /// <summary>Drops out one row, with masks that were drawn ahead.</summary>
    internal void Apply<T>(in RowKey row, MaskLookahead lookahead, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckRow(source, destination);
        Layout<T>().Apply(lookahead.MasksOf(in row), source, destination);
    }

    /// <summary>What draws masks ahead for rows whose keys follow each other; null where that gains nothing.</summary>
    internal MaskLookahead? LookAhead<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        RowsAhead(Layout<T>()) > 1 ? new MaskLookahead(_sampler) : null;

    /// <summary>Compiles options that were checked; with the means of the coins, where the fill is the channel's mean.</summary>
    internal static DropoutPlan Compile(SpatialDropoutOptions options, int length, double[]? means)
    {
        if (options.Seed is null)
            Refuse.Combination(
                nameof(options.Seed), "Seed is null: a plan has no MLContext to draw one from. Set any 32-bit integer.");
        if (options.Fill.Value is null && means is null)
            Refuse.Combination(
                nameof(options.Fill), $"Fill is {options.Fill}, which a stage learns from data that a plan does not have.");
        return new DropoutPlan(options, options.Seed.Value, length, means);
    }

    /// <summary>Drops out a sparse row in place, for a fill of zero: what is implicit stays so.</summary>
    [SkipLocalsInit]
    internal void ApplySparse<T>(in RowKey row, ReadOnlySpan<int> indices, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var keep = new Scratch<uint>(stackalloc uint[MasksOnStack], _sampler.MaskLength);
        if (!_sampler.Draw(in row, keep.Span))
            return;

        for (int i = 0; i < indices.Length; i++)
        {
            int coin = _broadcast.CoinOf(indices[i]);
            T scale = T.CreateTruncating(OfCoin(_scales, coin));
            if (keep.Span[coin] == 0)
                values[i] = T.Zero;
            else if (scale != T.One)
                values[i] *= scale;
        }
    }

    [SkipLocalsInit]
    private void ApplyUnchecked<T>(in RowKey row, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float) && _dropsElements)
        {
            if (!_sampler.DropElements(
                in row, MemoryMarshal.Cast<T, float>(source), _scales[0], (float)_fills[0],
                MemoryMarshal.Cast<T, float>(destination)))
                source.CopyTo(destination);
            return;
        }

        CoinLayout<T> layout = Layout<T>();
        using var keep = new Scratch<uint>(
            stackalloc uint[MasksOnStack], Math.Max(_sampler.MaskLength, layout.WorkLength));
        if (_sampler.Draw(in row, keep.Span))
            layout.Apply(keep.Span, source, destination);
        else
            source.CopyTo(destination);
    }

    [SkipLocalsInit]
    private void ApplyRows<T>(in RowKey first, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (source.Length % Length != 0)
            RefuseLength(nameof(source), source.Length, "a row of the plan has", Length, "and rows must be whole");
        CheckDestination(source, destination);

        CoinLayout<T> layout = Layout<T>();
        int rowsAhead = RowsAhead(layout);
        using var keep = new Scratch<uint>(stackalloc uint[MasksOnStack], rowsAhead > 1 ? _sampler.MaskLengthAhead : 0);
        RowKey row = first;
        for (int start = 0; start < source.Length; start += Length)
        {
            int ahead = (int)(row.Low - first.Low) % rowsAhead;
            ReadOnlySpan<T> values = source.Slice(start, Length);
            Span<T> results = destination.Slice(start, Length);
            if (rowsAhead == 1)
            {
                ApplyUnchecked(in row, values, results);
            }
            else
            {
                if (ahead == 0)
                    _sampler.DrawAhead(in row, Math.Min(rowsAhead, (source.Length - start) / Length), keep.Span);
                layout.Apply(keep.Span[(ahead * _sampler.MasksPerRow)..], values, results);
            }

            row = row with { Low = row.Low + 1 };
        }
    }

    private void ApplyRows<T>(ReadOnlySpan<RowKey> rows, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (source.Length != (long)rows.Length * Length)
            RefuseLength(nameof(source), source.Length, "the plan and the keys are for", (long)rows.Length * Length);
        CheckDestination(source, destination);

        for (int first = 0, next; first < rows.Length; first = next)
        {
            for (next = first + 1; next < rows.Length && Follows(rows[next], rows[next - 1]); next++)
                continue;

            var range = new Range(first * Length, next * Length);
            ApplyRows<T>(in rows[first], source[range], destination[range]);
        }
    }

    private static bool Follows(in RowKey row, in RowKey other) => row == other with { Low = other.Low + 1 };

    private int RowsAhead<T>(CoinLayout<T> layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        layout.LeavesMasks ? _sampler.RowsAhead : 1;

    private CoinLayout<T> Layout<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float)
            ? (CoinLayout<T>)(object)(_singleLayout ??= new CoinLayout<float>(_broadcast, Length, _scales, _fills))
            : (CoinLayout<T>)(object)(_doubleLayout ??= new CoinLayout<double>(_broadcast, Length, _scales, _fills));

    private void CheckRow<T>(ReadOnlySpan<T> source, Span<T> destination)
    {
        if (source.Length != Length)
            RefuseLength(nameof(source), source.Length, "the plan is for", Length);
        CheckDestination(source, destination);
    }

    private static T OfCoin<T>(T[] values, int coin) => values[values.Length == 1 ? 0 : coin];

    private void CheckCoin(int coin)
    {
        if ((uint)coin >= (uint)CoinCount)
            Refuse.Value(nameof(coin), coin, $"one of the {CoinCount} coins, counted from 0");
    }

    // At rate 1 nothing is kept, and 1 / 0 would be a scale for nothing.
    private static float ScaleFor(SpatialDropoutOptions options, double rate) =>
        options.EffectiveScaling == DropoutScaling.Inverted && rate < 1 ? (float)(1 / (1 - rate)) : 1;

    private static void CheckDestination<T>(ReadOnlySpan<T> source, Span<T> destination)
    {
        if (destination.Length != source.Length)
            RefuseLength(nameof(destination), destination.Length, "the source has", source.Length);
        if (!Unsafe.AreSame(in MemoryMarshal.GetReference(source), in MemoryMarshal.GetReference(destination))
            && source.Overlaps(destination))
            RefuseOverlap(nameof(destination));
    }

    // Puts its message together itself: a caller that did would clear room for that in every call.
    [DoesNotReturn]
    private static void RefuseLength(string parameter, int length, string what, long allowed, string rest = "elements") =>
        throw new ArgumentException($"The span has {length} elements; {what} {allowed} {rest}.", parameter);

    [DoesNotReturn]
    private static void RefuseOverlap(string parameter) =>
        throw new ArgumentException(
            "The destination overlaps the source without being the same memory; only in place or apart is allowed.", parameter);
}
