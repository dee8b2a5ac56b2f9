using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>
/// keep ? value : fill, with the fills of all channels in one vector, so that a row needs no tile of them. The bits of a kept value
/// do not change.
/// </summary>
internal readonly ref struct KeepShuffled<T> : IKeepOperator<T>
    where T : unmanaged
{
    private readonly ref readonly T _fills;
    private readonly ref readonly uint _laneOfLane;

    /// <param name="fills">The fills of the channels, filled up to the widest vector.</param>
    /// <param name="laneOfLane">The lane of the fill of each 32-bit lane, as a <see cref="Tile"/>.</param>
    public KeepShuffled(ReadOnlySpan<T> fills, ReadOnlySpan<uint> laneOfLane)
    {
        _fills = ref MemoryMarshal.GetReference(fills);
        _laneOfLane = ref MemoryMarshal.GetReference(laneOfLane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector FillAt<TVector, TVectors>(nuint phase)
        where TVectors : IVectors<T, TVector> => TVectors.Shuffle(TVectors.Load(in _fills, 0), in _laneOfLane, phase);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TVectors>(TVector value, TVector keep, TVector fill, nuint phase)
        where TVectors : IVectors<T, TVector> =>
        TVectors.Select(keep, value, fill);
}
