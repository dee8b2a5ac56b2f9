using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>
/// Several fills, of which each channel of a row takes one, for channels that fit into one vector. They are selected in a
/// register.
/// </summary>
internal sealed class FillVector<T>
    where T : unmanaged
{
    // For each fill its values by channel. Null for the last value.
    private readonly T[]?[] _fills;

    // The least word that chooses each fill: that of the definition's floor(word x fills / 2^32).
    private readonly uint[] _leastWords;

    private readonly uint[] _wordOfChannel;

    /// <param name="broadcast">How coins lie over channels.</param>
    /// <param name="fills">For each fill its value for all channels or for each. Null for the last value.</param>
    /// <param name="firstWord">Where the word of the first coin is among those that choose.</param>
    public FillVector(NoiseBroadcast broadcast, T[]?[] fills, int firstWord)
    {
        IEnumerable<int> channels = Enumerable.Range(0, broadcast.ChannelCount);
        _fills = Array.ConvertAll(fills, values => values is null ? null : Pad(channels.Select(i => values[i % values.Length])));
        _leastWords = [.. Enumerable.Range(0, fills.Length).Select(fill =>
            (uint)(((fill * (1L << 32)) + fills.Length - 1) / fills.Length))];
        _wordOfChannel = Pad(channels.Select(channel => (uint)(firstWord + broadcast.CoinOfChannel(channel))));
    }

    /// <summary>Whether the channels fit into a vector, one lane each.</summary>
    public static bool IsFor(NoiseBroadcast broadcast) =>
        Unsafe.SizeOf<T>() == sizeof(uint)
        && broadcast.ChannelCount <= Vector512<uint>.Count && broadcast.CoinCount <= Vector512<uint>.Count;

    /// <summary>Selects the fill of each channel.</summary>
    /// <param name="words">The words that choose, one for each coin, and others before and after them.</param>
    /// <param name="lastValues">The last value of each channel.</param>
    /// <returns>The fills, undefined after those of the channels.</returns>
    public Vector512<T> Select(Vector512<uint> words, Vector512<T> lastValues)
    {
        Vector512<uint> ofChannels = Vector512.ShuffleNative(words, Vector512.Create(_wordOfChannel));
        Vector512<T> selected = Values(0, lastValues);
        for (int fill = 1; fill < _fills.Length; fill++)
        {
            Vector512<uint> takes = Vector512.GreaterThanOrEqual(ofChannels, Vector512.Create(_leastWords[fill]));
            selected = Vector512.ConditionalSelect(takes.As<uint, T>(), Values(fill, lastValues), selected);
        }

        return selected;
    }

    private static TItem[] Pad<TItem>(IEnumerable<TItem> items)
    {
        var padded = new TItem[Vector512<uint>.Count];
        items.ToArray().CopyTo(padded, 0);
        return padded;
    }

    private Vector512<T> Values(int fill, Vector512<T> lastValues) =>
        _fills[fill] is { } values ? Vector512.Create(values) : lastValues;
}
