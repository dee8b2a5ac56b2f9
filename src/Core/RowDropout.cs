using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>A plan's work on rows of one element type: draws masks and runs the kernel that fits. Thread-safe.</summary>
internal sealed class RowDropout<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CoinSampler _sampler;
    private readonly NoiseBroadcast _broadcast;
    private readonly CoinLayout<T> _layout;
    private readonly int _length;
    private readonly T[] _scales;
    private readonly T[] _fills;

    // Null if all rows lose the same values for all steps.
    private readonly RowLosses<T>? _losses;

    // Plain dropout: each element has its own coin, and no coin differs from another. Its kernel is for 32-bit elements.
    private readonly bool _dropsElements;

    // Whether the kernel takes the words of a row as one vector, drawn now or ahead.
    private readonly bool _takesVectors;

    // How many rows have their masks drawn at once. The kernel must leave the masks of the other rows alone.
    private readonly int _rowsAhead;

    /// <param name="sampler">Draws the masks.</param>
    /// <param name="broadcast">How the coins lie over a row.</param>
    /// <param name="length">The number of elements of a row.</param>
    /// <param name="scales">What kept values are multiplied by: one factor for all coins, or one for each.</param>
    /// <param name="fills">
    /// For each fill what dropped values become: one value for all channels, or one for each. Null for the last value.
    /// </param>
    /// <param name="options">The options of a row.</param>
    public RowDropout(
        CoinSampler sampler, NoiseBroadcast broadcast, int length, float[] scales, double[]?[] fills, DropoutOptions options)
    {
        _sampler = sampler;
        _broadcast = broadcast;
        _length = length;
        _scales = Array.ConvertAll(scales, T.CreateTruncating);
        T[]?[] converted = Array.ConvertAll(fills, fill => fill is null ? null : Array.ConvertAll(fill, T.CreateTruncating));
        _fills = converted[0] ?? [T.Zero];
        _layout = new CoinLayout<T>(broadcast, length, _scales, _fills);
        if (options.Fill.IsByRow || options.OutageSteps is not null)
            _losses = new RowLosses<T>(sampler, broadcast, _layout, options, length, converted);
        _dropsElements = Unsafe.SizeOf<T>() == sizeof(float)
            && broadcast.RunsAreCoins && broadcast.RunsPerPeriod == length
            && scales.Length == 1 && _fills.Length == 1 && sampler.IsByOneRate && _losses is null;
        _takesVectors = _losses?.TakesVectors ?? (sampler.DrawsVector && _layout.IsShuffled);
        _rowsAhead = _takesVectors || (_losses?.LeavesMasks ?? _layout.LeavesMasks) ? sampler.RowsAhead : 1;
    }

    /// <summary>Drops out one row.</summary>
    public void Apply(in MaskKey key, ReadOnlySpan<T> source, Span<T> destination)
    {
        SpanRules.Check(source, destination, _length);
        ApplyUnchecked(in key, source, destination);
    }

    /// <summary>Drops out one row, with masks that were drawn ahead.</summary>
    public void Apply(in MaskKey key, MaskLookahead lookahead, ReadOnlySpan<T> source, Span<T> destination)
    {
        SpanRules.Check(source, destination, _length);
        ApplyMasks(lookahead.MasksOf(in key), source, destination);
    }

    /// <summary>Drops out consecutive rows whose keys count up.</summary>
    [SkipLocalsInit]
    public void ApplyRows(in MaskKey first, ReadOnlySpan<T> source, Span<T> destination)
    {
        if (source.Length % _length != 0)
            SpanRules.ThrowLength(nameof(source), source.Length, "a row of the plan has", _length, "and rows must be whole");
        SpanRules.CheckDestination(source, destination);

        using var keep = new Scratch<uint>(
            stackalloc uint[CoinSampler.MasksOnStack], _rowsAhead > 1 ? _sampler.MaskLengthAhead : 0);
        MaskKey key = first;
        for (int start = 0; start < source.Length; start += _length)
        {
            int ahead = (int)(key.Low - first.Low) % _rowsAhead;
            ReadOnlySpan<T> values = source.Slice(start, _length);
            Span<T> results = destination.Slice(start, _length);
            if (_rowsAhead == 1)
            {
                ApplyUnchecked(in key, values, results);
            }
            else
            {
                if (ahead == 0)
                    _sampler.DrawAhead(in key, Math.Min(_rowsAhead, (source.Length - start) / _length), keep.Span);
                ApplyMasks(keep.Span[(ahead * _sampler.MasksPerRow)..], values, results);
            }

            key = key with { Low = key.Low + 1 };
        }
    }

    /// <summary>Drops out consecutive rows, one key for each.</summary>
    public void ApplyRows(ReadOnlySpan<MaskKey> keys, ReadOnlySpan<T> source, Span<T> destination)
    {
        if (source.Length != (long)keys.Length * _length)
            SpanRules.ThrowLength(nameof(source), source.Length, "the plan and the keys are for", (long)keys.Length * _length);
        SpanRules.CheckDestination(source, destination);

        for (int first = 0, next; first < keys.Length; first = next)
        {
            for (next = first + 1; next < keys.Length && Follows(keys[next], keys[next - 1]); next++)
                continue;

            var range = new Range(first * _length, next * _length);
            ApplyRows(in keys[first], source[range], destination[range]);
        }
    }

    /// <summary>Drops out a sparse row in place, for a fill of zero: implicit zeros stay implicit.</summary>
    [SkipLocalsInit]
    public void ApplySparse(in MaskKey key, ReadOnlySpan<int> indices, Span<T> values)
    {
        using var keep = new Scratch<uint>(stackalloc uint[CoinSampler.MasksOnStack], _sampler.MaskLength);
        if (!_sampler.Draw(in key, keep.Span))
            return;

        (int first, int count) = _losses?.StepsOf(keep.Span) ?? (0, 0);
        for (int i = 0; i < indices.Length; i++)
        {
            if (_losses is not null && (uint)(_losses.StepOf(indices[i]) - first) >= (uint)count)
                continue;

            int coin = _broadcast.CoinOf(indices[i]);
            T scale = _scales[_scales.Length == 1 ? 0 : coin];
            if (keep.Span[coin] == 0)
                values[i] = T.Zero;
            else if (scale != T.One)
                values[i] *= scale;
        }
    }

    /// <summary>Makes what draws masks ahead for rows whose keys count up; null if that gains nothing.</summary>
    public MaskLookahead? CreateLookahead() => _rowsAhead > 1 ? new MaskLookahead(_sampler) : null;

    private void ApplyUnchecked(in MaskKey key, ReadOnlySpan<T> source, Span<T> destination)
    {
        if (_takesVectors && key.High == 0)
            ApplyWords(new DrawnWords(_sampler, in key), source, destination);
        else
            ApplyThroughMemory(in key, source, destination);
    }

    [SkipLocalsInit]
    private void ApplyThroughMemory(in MaskKey key, ReadOnlySpan<T> source, Span<T> destination)
    {
        if (_dropsElements)
        {
            if (!DropElements(in key, source, destination))
                source.CopyTo(destination);
            return;
        }

        using var keep = new Scratch<uint>(
            stackalloc uint[CoinSampler.MasksOnStack],
            Math.Max(_sampler.MaskLength, _losses?.WorkLength ?? _layout.WorkLength));
        if (_sampler.Draw(in key, keep.Span))
            ApplyMasks(keep.Span, source, destination);
        else
            source.CopyTo(destination);
    }

    private void ApplyMasks(Span<uint> keep, ReadOnlySpan<T> source, Span<T> destination)
    {
        if (_takesVectors)
            ApplyWords(new StoredWords(keep), source, destination);
        else if (_losses is null)
            _layout.Apply(keep, source, destination);
        else
            _losses.Apply(keep, source, destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ApplyWords<TWords>(TWords words, ReadOnlySpan<T> source, Span<T> destination)
        where TWords : struct, IRowWords, allows ref struct
    {
        if (_losses is null)
            _layout.Shuffle(words, source, destination);
        else
            _losses.ApplyWords(words, source, destination);
    }

    private bool DropElements(in MaskKey key, ReadOnlySpan<T> source, Span<T> destination) => _sampler.DropElements(
        in key, MemoryMarshal.Cast<T, float>(source), float.CreateTruncating(_scales[0]), float.CreateTruncating(_fills[0]),
        MemoryMarshal.Cast<T, float>(destination));

    private static bool Follows(in MaskKey key, in MaskKey other) => key == other with { Low = other.Low + 1 };
}
