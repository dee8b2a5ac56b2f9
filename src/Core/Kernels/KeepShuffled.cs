using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>
/// keep ? value : fill, with the fills of all channels in one vector, so that a row needs no tile of them. The bits of a kept value
/// do not change.
/// </summary>
internal readonly ref struct KeepShuffled<T> : IKeepOperator<T>
    where T : unmanaged
{
    private readonly Vector512<T> _fills;
    private readonly ref readonly uint _laneOfLane;

    /// <param name="fills">The fills of the channels.</param>
    /// <param name="laneOfLane">The lane of the fill of each 32-bit lane, as a <see cref="Tile"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public KeepShuffled(Vector512<T> fills, ReadOnlySpan<uint> laneOfLane)
    {
        _fills = fills;
        _laneOfLane = ref MemoryMarshal.GetReference(laneOfLane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector FillAt<TVector, TVectors>(nuint phase)
        where TVectors : IVectors<T, TVector> => TVectors.Shuffle(TVectors.Lower(_fills), in _laneOfLane, phase);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TVectors>(TVector value, TVector keep, TVector fill, nuint phase)
        where TVectors : IVectors<T, TVector> =>
        TVectors.Select(keep, value, fill);
}
