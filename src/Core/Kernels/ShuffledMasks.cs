using System.Runtime.CompilerServices;

namespace MLNet.SpatialDropout;

/// <summary>Masks that are picked from a register with the masks of all coins, so that a row needs no tile.</summary>
internal readonly ref struct ShuffledMasks<T, TVector, TVectors> : IMasks<TVector>
    where T : unmanaged
    where TVectors : IVectors<T, TVector>
{
    private readonly TVector _coins;
    private readonly ref readonly uint _coinOfLane;

    public ShuffledMasks(TVector coins, ref readonly uint coinOfLane)
    {
        _coins = coins;
        _coinOfLane = ref coinOfLane;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector At(nuint phase) => TVectors.Shuffle(_coins, in _coinOfLane, phase);
}
