using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>Words that are drawn when they are needed.</summary>
internal readonly ref struct DrawnWords : IRowWords
{
    private readonly CoinSampler _sampler;
    private readonly ref readonly MaskKey _key;

    /// <param name="sampler">What draws. It <see cref="CoinSampler.DrawsVector"/>.</param>
    /// <param name="key">What names the mask: a key without a high half.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DrawnWords(CoinSampler sampler, ref readonly MaskKey key)
    {
        _sampler = sampler;
        _key = ref key;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<uint> ToVector() => _sampler.DrawVector(in _key);
}
