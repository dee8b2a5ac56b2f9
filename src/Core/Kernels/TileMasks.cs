using System.Runtime.CompilerServices;

namespace MLNet.SpatialDropout;

/// <summary>Masks that are in memory, one for each element, as a <see cref="Tile"/>.</summary>
internal readonly ref struct TileMasks<T, TVector, TVectors> : IMasks<TVector>
    where T : unmanaged
    where TVectors : IVectors<T, TVector>
{
    private readonly ref readonly T _tile;

    public TileMasks(ref readonly T tile) => _tile = ref tile;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector At(nuint phase) => TVectors.Load(in _tile, phase);
}
