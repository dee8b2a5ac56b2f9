using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>Masks that are in memory, one for each element, as a <see cref="Tile"/>.</summary>
internal readonly ref struct TileMasks<T> : IMasks<T>
    where T : unmanaged
{
    private readonly ref readonly T _tile;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileMasks(ReadOnlySpan<T> tile) => _tile = ref MemoryMarshal.GetReference(tile);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector At<TVector, TVectors>(nuint phase)
        where TVectors : IVectors<T, TVector> => TVectors.Load(in _tile, phase);
}
