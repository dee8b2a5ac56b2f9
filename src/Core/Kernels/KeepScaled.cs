using System.Runtime.CompilerServices;

namespace MLNet.SpatialDropout;

/// <summary>keep ? value x scale : fill.</summary>
internal readonly struct KeepScaled<T> : IKeepOperator<T>
    where T : unmanaged
{
    private readonly T _scale;
    private readonly T _fill;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public KeepScaled(T scale, T fill) => (_scale, _fill) = (scale, fill);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector FillAt<TVector, TVectors>(nuint phase)
        where TVectors : IVectors<T, TVector> => TVectors.Create(_fill);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TVectors>(TVector value, TVector keep, TVector fill, nuint phase)
        where TVectors : IVectors<T, TVector> =>
        TVectors.Select(keep, TVectors.Multiply(value, TVectors.Create(_scale)), fill);
}
