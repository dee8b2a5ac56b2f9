using System.Numerics;
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
public sealed class DropoutPlan
{
    // Below this many elements a run is cheaper as a part of a tile than as a call of its own.
    private const int ShortestSeparateRun = 16;

    private readonly NoiseBroadcast _broadcast;
    private readonly CoinSampler _sampler;
    private readonly float _scale;

    // Where coins differ in scale or fill, a tile of each; made for the element types that are asked for.
    private readonly Lazy<CoinTiles<float>>? _singleTiles;
    private readonly Lazy<CoinTiles<double>>? _doubleTiles;

    private DropoutPlan(SpatialDropoutOptions options, int seed, int length, double[]? means)
    {
        Options = options;
        Length = length;
        (Shape, NoiseShape) = options.ShapesFor(length);
        _broadcast = new NoiseBroadcast(Shape, NoiseShape);
        _sampler = new CoinSampler(options, seed);
        _scale = ScaleFor(options, options.EffectiveRate);
        if (means is null && (options.ChannelRates is null || options.EffectiveScaling == DropoutScaling.None))
            return;

        float[] scales = [.. Enumerable.Range(0, CoinCount).Select(coin => ScaleFor(options, options.RateOf(coin)))];
        double[] fills = means ?? [.. Enumerable.Repeat(options.Fill.Value.GetValueOrDefault(), CoinCount)];
        _singleTiles = new(() => new CoinTiles<float>(_broadcast, Length, scales, fills));
        _doubleTiles = new(() => new CoinTiles<double>(_broadcast, Length, scales, fills));
    }

    /// <summary>The options the plan was made from.</summary>
    public SpatialDropoutOptions Options { get; }

    /// <summary>The number of elements of a row.</summary>
    public int Length { get; }

    /// <summary>The shape of a row, outermost axis first.</summary>
    public DropoutShape Shape { get; }

    /// <summary>The shape of the coins: of the rank of <see cref="Shape"/>, each axis 1 or that axis' size.</summary>
    public DropoutShape NoiseShape { get; }

    /// <summary>The number of coins of a row: the product of <see cref="NoiseShape"/>.</summary>
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
    public static DropoutPlan Create(SpatialDropoutOptions options, int length)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionRules.CheckValues(options);
        OptionRules.CheckLength(options, length, nameof(length));
        if (options.Fill == DropoutFill.ChannelMean)
            Refuse.Combination(
                nameof(options.Fill), "Fill is ChannelMean, which a stage learns from data that a plan does not have.");

        return Compile(options, length, means: null);
    }

    /// <summary>Draws the mask of a row, coins in row-major order of <see cref="NoiseShape"/>.</summary>
    /// <param name="row">The row and its copy.</param>
    /// <param name="keep">Receives one value for each of the <see cref="CoinCount"/> coins: true where it keeps.</param>
    /// <exception cref="ArgumentException"><paramref name="keep"/> is not of length <see cref="CoinCount"/>.</exception>
    public void DrawMask(RowKey row, Span<bool> keep)
    {
        CheckLength(keep.Length, CoinCount, nameof(keep));
        _sampler.Draw(row, keep);
    }

    /// <summary>Drops the coins' elements of one row.</summary>
    /// <param name="row">The row and its copy.</param>
    /// <param name="source">The row: <see cref="Length"/> elements.</param>
    /// <param name="destination">
    /// Receives the <see cref="Length"/> elements; the same memory as <paramref name="source"/>, or apart from it.
    /// </param>
    /// <exception cref="ArgumentException">A span has another length, or the two overlap without being the same.</exception>
    public void Apply(RowKey row, ReadOnlySpan<float> source, Span<float> destination) =>
        Apply<float>(row, source, destination);

    /// <inheritdoc cref="Apply(RowKey, ReadOnlySpan{float}, Span{float})"/>
    public void Apply(RowKey row, ReadOnlySpan<double> source, Span<double> destination) =>
        Apply<double>(row, source, destination);

    /// <summary>Shapes, rate and seed, for logs and debuggers.</summary>
    public override string ToString() =>
        $"rows of {Shape}, noise {NoiseShape}, {Frequency}{Exceptions}, fill {Options.Fill}, scaling {Options.EffectiveScaling},"
        + $" seed {Options.Seed}";

    internal void Apply<T>(RowKey row, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLength(source.Length, Length, nameof(source));
        CheckLength(destination.Length, Length, nameof(destination));
        if (source.Overlaps(destination, out int offset) && offset != 0)
            throw new ArgumentException(
                "The destination overlaps the source without being the same memory; only in place or apart is allowed.",
                nameof(destination));

        using var runs = new Scratch<bool>(_broadcast.RunsPerPeriod);
        if (!DrawRuns(row, runs.Span))
        {
            source.CopyTo(destination);
            return;
        }

        CoinTiles<T>? tiles = Tiles<T>();
        if (tiles is null && _broadcast.RunLength >= ShortestSeparateRun)
        {
            RunKernel.Apply(source, runs.Span, _broadcast.RunLength, Scale<T>(), Fill<T>(), destination);
            return;
        }

        using var masks = new Scratch<T>(Tile.Length<T>(_broadcast.Period, Length));
        Tile.FillMasks(masks.Span, runs.Span, _broadcast.RunLength);
        if (tiles is null)
            TileKernel.Apply(source, masks.Span, Scale<T>(), Fill<T>(), destination);
        else
            TileKernel.Apply(source, masks.Span, tiles.Scales, tiles.Fills, destination);
    }

    /// <summary>Compiles options that were checked; with the means of the coins, where the fill is the channel's mean.</summary>
    internal static DropoutPlan Compile(SpatialDropoutOptions options, int length, double[]? means)
    {
        if (options.Seed is null)
            Refuse.Combination(
                nameof(options.Seed), "Seed is null: a plan has no MLContext to draw one from. Set any 32-bit integer.");
        return new DropoutPlan(options, options.Seed.Value, length, means);
    }

    /// <summary>Drops the coins' elements of a sparse row in place, for a fill of zero: what is implicit stays so.</summary>
    internal void ApplySparse<T>(RowKey row, ReadOnlySpan<int> indices, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var runs = new Scratch<bool>(_broadcast.RunsPerPeriod);
        if (!DrawRuns(row, runs.Span))
            return;

        CoinTiles<T>? tiles = Tiles<T>();
        for (int i = 0; i < indices.Length; i++)
        {
            T scale = tiles is null ? Scale<T>() : tiles.Scales[indices[i] % tiles.Scales.Length];
            if (!runs.Span[_broadcast.RunOf(indices[i])])
                values[i] = T.Zero;
            else if (scale != T.One)
                values[i] *= scale;
        }
    }

    private bool DrawRuns(RowKey row, Span<bool> runs)
    {
        bool touched = _sampler.Draw(row, runs[..CoinCount]);
        _broadcast.Spread(runs);
        return touched;
    }

    private CoinTiles<T>? Tiles<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? (CoinTiles<T>?)(object?)_singleTiles?.Value : (CoinTiles<T>?)(object?)_doubleTiles?.Value;

    private T Scale<T>()
        where T : IBinaryFloatingPointIeee754<T> => T.CreateTruncating(_scale);

    private T Fill<T>()
        where T : IBinaryFloatingPointIeee754<T> => T.CreateTruncating(Options.Fill.Value.GetValueOrDefault());

    // At rate 1 nothing is kept, and 1 / 0 would be a scale for nothing.
    private static float ScaleFor(SpatialDropoutOptions options, double rate) =>
        options.EffectiveScaling == DropoutScaling.Inverted && rate < 1 ? (float)(1 / (1 - rate)) : 1;

    private static void CheckLength(int actual, int expected, string parameter)
    {
        if (actual != expected)
            throw new ArgumentException($"The span has {actual} elements; the plan is for {expected}.", parameter);
    }
}
