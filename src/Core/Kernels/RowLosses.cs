using System.Diagnostics;
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
    private const int WordsOnStack = 64;

    private readonly CoinSampler _sampler;
    private readonly NoiseBroadcast _broadcast;
    private readonly CoinLayout<T> _layout;
    private readonly CountRange? _outage;

    // The steps of a channel, one after the other, or apart as the channels are many. One step if the layout has none.
    private readonly int _steps;
    private readonly int _elementsPerStep;
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
        _elementsPerStep = length / _steps;
        _fills = fills;
        _hasFixedFills = !options.Fill.IsByRow;
        if (fills.Length > 1 && FillVector<T>.IsFor(broadcast))
            _fillVector = new FillVector<T>(broadcast, fills, TakesVectors ? sampler.FirstFillWord : 0);
    }

    /// <summary>
    /// Whether <see cref="Apply"/> does not overwrite the masks. Where they are shuffled, that depends on the length of a loss, so the
    /// answer is no. Rows that have their masks drawn ahead go to <see cref="ApplyWords"/> then.
    /// </summary>
    public bool LeavesMasks => HasLongRuns || (_hasFixedFills && _layout.LeavesMasks && !_layout.IsShuffled);

    /// <summary>The least length of the span with the masks.</summary>
    public int WorkLength => Math.Max(_layout.WorkLength, _layout.FillWorkLength);

    /// <summary>Whether <see cref="ApplyWords"/> may be called, and <see cref="Apply"/> need not be.</summary>
    public bool TakesVectors => _sampler.DrawsVector && _layout.IsShuffled && !HasLongRuns;

    private bool HasLongRuns => _broadcast.RunLength > 1;

    /// <summary>Drops out one row.</summary>
    /// <param name="keep">
    /// What the sampler drew for the row: the masks of its coins, and the words of its fills and steps. In a span of at least
    /// <see cref="CoinSampler.MaskLength"/> and <see cref="WorkLength"/>.
    /// </param>
    /// <param name="source">The row.</param>
    /// <param name="destination">The same memory as <paramref name="source"/>, or memory that does not overlap it.</param>
    public void Apply(Span<uint> keep, ReadOnlySpan<T> source, Span<T> destination)
    {
        Debug.Assert(!TakesVectors, "The fills are selected by the words of a vector.");
        (int first, int count) = StepsOf(keep);
        if (HasLongRuns)
            ApplyRuns(keep, source, first, count, destination);
        else if (!_hasFixedFills && CanShuffle(source, first, count))
            Shuffle(Vector512.Create<uint>(keep), FillWordsOf(keep), source, first, count, destination);
        else
            ApplySteps(keep, source, first, count, destination);
    }

    /// <summary>The same for words that the sampler drew into a vector, if <see cref="TakesVectors"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void ApplyWords<TWords>(TWords rowWords, ReadOnlySpan<T> source, Span<T> destination)
        where TWords : struct, IRowWords, allows ref struct
    {
        Vector512<uint> words = rowWords.ToVector();
        (int first, int count) = _outage is { } range ? _sampler.StepsOf(words, range, _steps) : (0, _steps);
        if (_hasFixedFills || !CanShuffle(source, first, count))
            ApplySteps(words, source, first, count, destination);
        else
            Shuffle(words, words, source, first, count, destination);
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

    // Whether one vector holds the fills of a row, and what it takes to select them.
    private bool CanShuffle(ReadOnlySpan<T> source, int first, int count) =>
        (_fillVector is not null || _fills is [null])
        && _layout.CanShuffleFills(count * _elementsPerStep) && CanReadLastValues(source, first);

    private Vector512<uint> FillWordsOf(Span<uint> keep) =>
        _fillVector is null ? default : Vector512.Create(_sampler.FillWords(keep));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Shuffle(
        Vector512<uint> keep, Vector512<uint> fillWords, ReadOnlySpan<T> source, int first, int count, Span<T> destination)
    {
        Range lost = CopyKept(source, first, count, destination);
        Vector512<T> lastValues = Vector512.Create(source[LastValues(first)..]);
        Vector512<T> fills = _fillVector?.Select(fillWords, lastValues) ?? lastValues;
        _layout.Shuffle(keep, source[lost], fills, destination[lost]);
    }

    [SkipLocalsInit]
    private void ApplySteps(Vector512<uint> words, ReadOnlySpan<T> source, int first, int count, Span<T> destination)
    {
        using var keep = new Scratch<uint>(stackalloc uint[WordsOnStack], WorkLength);
        words.CopyTo(keep.Span);
        ApplySteps(keep.Span, source, first, count, destination);
    }

    // Runs are single elements, so that the lost steps are neighbours.
    private void ApplySteps(Span<uint> keep, ReadOnlySpan<T> source, int first, int count, Span<T> destination)
    {
        Range lost = CopyKept(source, first, count, destination);
        if (_hasFixedFills && _layout.CanApplyTo(lost.End.Value - lost.Start.Value))
            _layout.Apply(keep, source[lost], destination[lost]);
        else
            ApplyFills(keep, source, first, lost, destination);
    }

    [SkipLocalsInit]
    private void ApplyFills(Span<uint> keep, ReadOnlySpan<T> source, int first, Range lost, Span<T> destination)
    {
        using var fills = new Scratch<T>(stackalloc T[FillsOnStack], _layout.FillsLength);
        SelectFills(keep, source, first, fills.Span);
        _layout.ApplyFills(keep, source[lost], fills.Span, destination[lost]);
    }

    // Copies the steps that are not lost, and returns the elements of the others.
    private Range CopyKept(ReadOnlySpan<T> source, int first, int count, Span<T> destination)
    {
        var lost = new Range(first * _elementsPerStep, (first + count) * _elementsPerStep);
        if (_outage is not null && !IsInPlace(source, destination))
        {
            source[..lost.Start].CopyTo(destination);
            source[lost.End..].CopyTo(destination[lost.End..]);
        }

        return lost;
    }

    // Whether a whole vector of last values lies within the row, with channels last.
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
