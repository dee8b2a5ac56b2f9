using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>Masks that are picked from a register with the masks of all coins, so that a row needs no tile.</summary>
internal readonly ref struct ShuffledMasks<T> : IMasks<T>
    where T : unmanaged
{
    private readonly Vector512<uint> _coins;
    private readonly ref readonly uint _coinOfLane;

    /// <param name="coins">The masks of the coins.</param>
    /// <param name="coinOfLane">The coin of each 32-bit lane, as a <see cref="Tile"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShuffledMasks(Vector512<uint> coins, ReadOnlySpan<uint> coinOfLane)
    {
        _coins = coins;
        _coinOfLane = ref MemoryMarshal.GetReference(coinOfLane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector At<TVector, TVectors>(nuint phase)
        where TVectors : IVectors<T, TVector> =>
        TVectors.Shuffle(TVectors.Lower(_coins.As<uint, T>()), in _coinOfLane, phase);
}
