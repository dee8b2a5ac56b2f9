using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>
/// Losses that differ from row to row: what a lost channel becomes, and for which of its steps. Nothing is scaled. Thread-safe.
/// </summary>
internal sealed class RowLosses<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int FillsOnStack = 256;

    private readonly CoinSampler _sampler;
    private readonly NoiseBroadcast _broadcast;
    private readonly CoinLayout<T> _layout;
    private readonly CountRange? _outage;

    // The steps of a channel, one after the other, or apart as the channels are many. One step if the layout has none.
    private readonly int _steps;
    private readonly bool _channelsFirst;

    // For each fill its value for all channels or for each. Null for the last value.
    private readonly T[]?[] _fills;

    // Whether all rows have the same fills, which the kernels know.
    private readonly bool _hasFixedFills;

    // Selects among several fills of a few channels. Null if the channels are many, or the elements not of 32 bits.
    private readonly FillVector<T>? _fillVector;

    /// <param name="sampler">Draws what is lost.</param>
    /// <param name="broadcast">How the coins lie over a row.</param>
    /// <param name="layout">The kernels.</param>
    /// <param name="options">The options of a row.</param>
    /// <param name="length">The number of elements of a row.</param>
    /// <param name="fills">For each fill its value for all channels or for each. Null for the last value.</param>
    public RowLosses(
        CoinSampler sampler, NoiseBroadcast broadcast, CoinLayout<T> layout, DropoutOptions options, int length, T[]?[] fills)
    {
        _sampler = sampler;
        _broadcast = broadcast;
        _layout = layout;
        _outage = options.OutageSteps;
        _channelsFirst = options.Layout == ChannelLayout.ChannelsFirst;
        _steps = options.StepsFor(length);
        _fills = fills;
        _hasFixedFills = !options.Fill.IsByRow;
        if (fills.Length > 1 && FillVector<T>.IsFor(broadcast))
            _fillVector = new FillVector<T>(broadcast, fills);
        int shortestLoss = (_outage?.Min ?? _steps) * (length / _steps);
        LeavesMasks = HasLongRuns
            || (_hasFixedFills && layout.LeavesMasks && layout.CanApplyTo(shortestLoss))
            || layout.FillsLeaveMasks(shortestLoss);
    }

    /// <summary>Whether <see cref="Apply"/> does not overwrite the masks.</summary>
    public bool LeavesMasks { get; }

    /// <summary>The least length of the span with the masks.</summary>
    public int WorkLength => Math.Max(_layout.WorkLength, _layout.FillWorkLength);

    private bool HasLongRuns => _broadcast.RunLength > 1;

    /// <summary>Drops out one row.</summary>
    /// <param name="keep">
    /// What the sampler drew for the row: the masks of its coins, and the words of its fills and steps. In a span of at least
    /// <see cref="WorkLength"/>.
    /// </param>
    /// <param name="source">The row.</param>
    /// <param name="destination">The same memory as <paramref name="source"/>, or memory that does not overlap it.</param>
    public void Apply(Span<uint> keep, ReadOnlySpan<T> source, Span<T> destination)
    {
        (int first, int count) = StepsOf(keep);
        if (HasLongRuns)
            ApplyRuns(keep, source, first, count, destination);
        else
            ApplySteps(keep, source, first, count, destination);
    }

    /// <summary>The steps that are lost, all if the options do not say for how many.</summary>
    /// <param name="keep">What the sampler drew for the row.</param>
    public (int First, int Count) StepsOf(ReadOnlySpan<uint> keep) =>
        _outage is { } range ? _sampler.StepsOf(keep, range, _steps) : (0, _steps);

    /// <summary>The step of an element.</summary>
    public int StepOf(int element) => _channelsFirst ? element % _steps : element / _broadcast.ChannelCount;

    private static bool IsInPlace(ReadOnlySpan<T> source, Span<T> destination) => Unsafe.AreSame(in source[0], in destination[0]);

    // Each run is a channel's steps, or a stretch of elements that drop together.
    [SkipLocalsInit]
    private void ApplyRuns(ReadOnlySpan<uint> keep, ReadOnlySpan<T> source, int first, int count, Span<T> destination)
    {
        using var fills = new Scratch<T>(stackalloc T[FillsOnStack], _broadcast.ChannelCount);
        SelectFills(keep, source, first, fills.Span);
        if (!IsInPlace(source, destination))
            source.CopyTo(destination);
        if (_outage is null)
            count = _broadcast.RunLength;
        int run = 0;
        for (int start = 0; start < destination.Length; start += _broadcast.RunLength)
        {
            if (keep[_broadcast.CoinOfRun(run)] == 0)
                destination.Slice(start + first, count).Fill(fills.Span[_broadcast.ChannelOfRun(run)]);
            run = run + 1 == _broadcast.RunsPerPeriod ? 0 : run + 1;
        }
    }

    // Runs are single elements, so that the lost steps are neighbours.
    private void ApplySteps(Span<uint> keep, ReadOnlySpan<T> source, int first, int count, Span<T> destination)
    {
        int elementsPerStep = source.Length / _steps;
        var lost = new Range(first * elementsPerStep, (first + count) * elementsPerStep);
        if (_outage is not null && !IsInPlace(source, destination))
        {
            source[..lost.Start].CopyTo(destination);
            source[lost.End..].CopyTo(destination[lost.End..]);
        }

        if (_hasFixedFills && _layout.CanApplyTo(count * elementsPerStep))
            _layout.Apply(keep, source[lost], destination[lost]);
        else if (_fills is [null] && _layout.CanShuffleFills(count * elementsPerStep) && CanReadLastValues(source, first))
            _layout.ApplyShuffled(keep, source[lost], source[LastValues(first)..], destination[lost]);
        else
            ApplyDrawn(keep, source, first, lost, destination);
    }

    [SkipLocalsInit]
    private void ApplyDrawn(Span<uint> keep, ReadOnlySpan<T> source, int first, Range lost, Span<T> destination)
    {
        using var fills = new Scratch<T>(stackalloc T[FillsOnStack], _layout.FillsLength);
        if (_fillVector is not null && CanReadLastValues(source, first))
            _fillVector.Select(_sampler.FillWords(keep), source[LastValues(first)..], fills.Span);
        else
            SelectFills(keep, source, first, fills.Span);
        _layout.ApplyFills(keep, source[lost], fills.Span, destination[lost]);
    }

    // Whether the last values can be read as a vector, in place too: they are not among what is lost, or stay as they are.
    private bool CanReadLastValues(ReadOnlySpan<T> source, int firstStep) =>
        !_channelsFirst && LastValues(firstStep) + Vector512<T>.Count <= source.Length;

    // Where the values of all channels are that stuck channels keep, with channels last.
    private int LastValues(int firstStep) => Math.Max(firstStep - 1, 0) * _broadcast.ChannelCount;

    // The fill of each channel, kept or not.
    private void SelectFills(ReadOnlySpan<uint> keep, ReadOnlySpan<T> source, int firstStep, Span<T> fills)
    {
        fills = fills[.._broadcast.ChannelCount];
        if (_fills.Length == 1)
        {
            FillAll(_fills[0], source, firstStep, fills);
            return;
        }

        ReadOnlySpan<uint> words = _sampler.FillWords(keep);
        for (int channel = 0; channel < fills.Length; channel++)
        {
            T[]? values = _fills[CoinSampler.FillOf(words[_broadcast.CoinOfChannel(channel)], _fills.Length)];
            fills[channel] = values is null
                ? LastValue(source, channel, firstStep)
                : values[values.Length == 1 ? 0 : channel];
        }
    }

    private void FillAll(T[]? values, ReadOnlySpan<T> source, int firstStep, Span<T> fills)
    {
        if (values is { Length: 1 })
            fills.Fill(values[0]);
        else if (values is not null)
            values.CopyTo(fills);
        else if (!_channelsFirst)
            source.Slice(LastValues(firstStep), fills.Length).CopyTo(fills);
        else
        {
            for (int channel = 0; channel < fills.Length; channel++)
                fills[channel] = LastValue(source, channel, firstStep);
        }
    }

    private T LastValue(ReadOnlySpan<T> source, int channel, int firstStep)
    {
        int step = Math.Max(firstStep - 1, 0);
        return source[_channelsFirst ? (channel * _steps) + step : (step * _broadcast.ChannelCount) + channel];
    }
}
