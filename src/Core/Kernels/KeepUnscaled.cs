using System.Runtime.CompilerServices;

namespace MLNet.SpatialDropout;

/// <summary>keep ? value : fill. The bits of a kept value do not change, even of a signalling NaN.</summary>
internal readonly struct KeepUnscaled<T> : IKeepOperator<T>
    where T : unmanaged
{
    private readonly T _fill;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public KeepUnscaled(T fill) => _fill = fill;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector FillAt<TVector, TVectors>(nuint phase)
        where TVectors : IVectors<T, TVector> => TVectors.Create(_fill);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TVectors>(TVector value, TVector keep, TVector fill, nuint phase)
        where TVectors : IVectors<T, TVector> =>
        TVectors.Select(keep, value, fill);
}
