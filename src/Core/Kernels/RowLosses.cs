using System.Numerics;
using System.Runtime.CompilerServices;

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
        _steps = options.ChannelCount is { } channels ? length / channels : 1;
        _fills = fills;
        LeavesMasks = HasLongRuns || layout.FillsLeaveMasks((_outage?.Min ?? _steps) * (length / _steps));
    }

    /// <summary>Whether <see cref="Apply"/> does not overwrite the masks.</summary>
    public bool LeavesMasks { get; }

    /// <summary>The least length of the span with the masks.</summary>
    public int WorkLength => _layout.FillWorkLength;

    private bool HasLongRuns => _broadcast.RunLength > 1;

    /// <summary>Drops out one row.</summary>
    /// <param name="key">What names the mask.</param>
    /// <param name="keep">The masks of the coins, in a span of at least <see cref="WorkLength"/>.</param>
    /// <param name="source">The row.</param>
    /// <param name="destination">The same memory as <paramref name="source"/>, or memory that does not overlap it.</param>
    [SkipLocalsInit]
    public void Apply(in MaskKey key, Span<uint> keep, ReadOnlySpan<T> source, Span<T> destination)
    {
        (int first, int count) = DrawSteps(in key);
        using var fills = new Scratch<T>(
            stackalloc T[FillsOnStack], HasLongRuns ? _broadcast.ChannelCount : _layout.TileLength);
        DrawFills(in key, source, first, fills.Span);
        if (HasLongRuns)
            ApplyRuns(keep, source, first, count, fills.Span, destination);
        else
            ApplySteps(keep, source, first, count, fills.Span, destination);
    }

    /// <summary>Draws the steps that are lost, all if the options do not say for how many.</summary>
    public (int First, int Count) DrawSteps(in MaskKey key) =>
        _outage is { } range ? _sampler.DrawSteps(in key, range, _steps) : (0, _steps);

    /// <summary>The step of an element.</summary>
    public int StepOf(int element) => _channelsFirst ? element % _steps : element / _broadcast.ChannelCount;

    // Each run is a channel's steps, or a stretch of elements that drop together.
    private void ApplyRuns(
        ReadOnlySpan<uint> keep, ReadOnlySpan<T> source, int first, int count, ReadOnlySpan<T> fills, Span<T> destination)
    {
        if (!Unsafe.AreSame(in source[0], in destination[0]))
            source.CopyTo(destination);
        if (_outage is null)
            count = _broadcast.RunLength;
        for (int start = 0; start < destination.Length; start += _broadcast.RunLength)
        {
            if (keep[_broadcast.CoinOf(start)] == 0)
                destination.Slice(start + first, count).Fill(fills[_broadcast.ChannelOf(start)]);
        }
    }

    // Runs are single elements, so that the lost steps are neighbours.
    private void ApplySteps(
        Span<uint> keep, ReadOnlySpan<T> source, int first, int count, Span<T> fills, Span<T> destination)
    {
        int elementsPerStep = source.Length / _steps;
        var lost = new Range(first * elementsPerStep, (first + count) * elementsPerStep);
        if (!Unsafe.AreSame(in source[0], in destination[0]))
        {
            source[..lost.Start].CopyTo(destination);
            source[lost.End..].CopyTo(destination[lost.End..]);
        }

        _layout.ApplyFills(keep, source[lost], fills, destination[lost]);
    }

    // The fill of each channel, kept or not.
    [SkipLocalsInit]
    private void DrawFills(in MaskKey key, ReadOnlySpan<T> source, int firstStep, Span<T> fills)
    {
        fills = fills[.._broadcast.ChannelCount];
        if (_fills.Length == 1)
        {
            FillAll(_fills[0], source, firstStep, fills);
            return;
        }

        using var fillOfCoin = new Scratch<uint>(stackalloc uint[CoinSampler.MasksOnStack], _sampler.MaskLength);
        _sampler.DrawFills(in key, _fills.Length, fillOfCoin.Span);
        for (int channel = 0; channel < fills.Length; channel++)
        {
            T[]? values = _fills[fillOfCoin.Span[_broadcast.CoinOfChannel(channel)]];
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
            source.Slice(Math.Max(firstStep - 1, 0) * fills.Length, fills.Length).CopyTo(fills);
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
