using System.Runtime.CompilerServices;

namespace MLNet.SpatialDropout;

/// <summary>Drops a coin if its word is below a threshold, which is the same for all coins.</summary>
internal readonly struct DropBelow : ICoinRule
{
    private readonly ulong _twoThresholds;

    public DropBelow(uint threshold) => _twoThresholds = threshold | ((ulong)threshold << 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes, TPhiloxLanes>(TLanes words, nuint coin)
        where TLanes : struct
        where TPhiloxLanes : IPhiloxLanes<TLanes> =>
        TPhiloxLanes.IsAtLeast(words, TPhiloxLanes.Create(_twoThresholds));
}
