using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>
/// Several fills, of which each channel of a row takes one, for channels that fit into one vector. Kernels read the fills as a
/// vector, and would wait for the writes of single elements.
/// </summary>
internal sealed class FillVector<T>
    where T : unmanaged
{
    // For each fill its values by channel. Null for the last value.
    private readonly T[]?[] _fills;

    // The least word that chooses each fill: that of the definition's floor(word x fills / 2^32).
    private readonly uint[] _leastWords;

    private readonly uint[] _coinOfChannel;

    /// <param name="broadcast">How coins lie over channels.</param>
    /// <param name="fills">For each fill its value for all channels or for each. Null for the last value.</param>
    public FillVector(NoiseBroadcast broadcast, T[]?[] fills)
    {
        IEnumerable<int> channels = Enumerable.Range(0, broadcast.ChannelCount);
        _fills = Array.ConvertAll(fills, values => values is null ? null : Pad(channels.Select(i => values[i % values.Length])));
        _leastWords = [.. Enumerable.Range(0, fills.Length).Select(fill =>
            (uint)(((fill * (1L << 32)) + fills.Length - 1) / fills.Length))];
        _coinOfChannel = Pad(channels.Select(channel => (uint)broadcast.CoinOfChannel(channel)));
    }

    /// <summary>Whether the channels fit into a vector, one lane each.</summary>
    public static bool IsFor(NoiseBroadcast broadcast) =>
        Unsafe.SizeOf<T>() == sizeof(uint)
        && broadcast.ChannelCount <= Vector512<uint>.Count && broadcast.CoinCount <= Vector512<uint>.Count;

    /// <summary>Selects the fill of each channel.</summary>
    /// <param name="words">The words that choose, one for each coin, filled up to a vector.</param>
    /// <param name="lastValues">The last value of each channel, filled up to a vector.</param>
    /// <param name="fills">Receives a vector of fills, undefined after those of the channels.</param>
    public void Select(ReadOnlySpan<uint> words, ReadOnlySpan<T> lastValues, Span<T> fills)
    {
        Vector512<uint> ofChannels = Vector512.Shuffle(Vector512.Create(words), Vector512.Create(_coinOfChannel));
        Vector512<T> selected = Values(0, lastValues);
        for (int fill = 1; fill < _fills.Length; fill++)
        {
            Vector512<uint> takes = Vector512.GreaterThanOrEqual(ofChannels, Vector512.Create(_leastWords[fill]));
            selected = Vector512.ConditionalSelect(takes.As<uint, T>(), Values(fill, lastValues), selected);
        }

        selected.CopyTo(fills);
    }

    private static TItem[] Pad<TItem>(IEnumerable<TItem> items)
    {
        var padded = new TItem[Vector512<uint>.Count];
        items.ToArray().CopyTo(padded, 0);
        return padded;
    }

    private Vector512<T> Values(int fill, ReadOnlySpan<T> lastValues) => Vector512.Create(_fills[fill] ?? lastValues);
}
