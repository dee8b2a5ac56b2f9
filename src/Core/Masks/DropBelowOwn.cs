using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>Drops a coin if its word is below the coin's own threshold.</summary>
internal readonly ref struct DropBelowOwn : ICoinRule
{
    private readonly ref readonly uint _thresholds;
    private readonly ref readonly uint _survivors;

    /// <param name="thresholds">The coins' thresholds, padded like masks.</param>
    /// <param name="survivors">
    /// All bits set, but none for a coin that always drops, whose threshold of 2^32 does not fit into 32 bits.
    /// </param>
    public DropBelowOwn(ReadOnlySpan<uint> thresholds, ReadOnlySpan<uint> survivors)
    {
        _thresholds = ref MemoryMarshal.GetReference(thresholds);
        _survivors = ref MemoryMarshal.GetReference(survivors[..thresholds.Length]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes, TPhiloxLanes>(TLanes words, nuint coin)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes> =>
        TPhiloxLanes.And(
            TPhiloxLanes.IsAtLeast(words, TPhiloxLanes.Load(in _thresholds, coin)), TPhiloxLanes.Load(in _survivors, coin));
}
