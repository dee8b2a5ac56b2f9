using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>keep ? value x scale : fill, with a scale and a fill for each element of the period.</summary>
internal readonly struct KeepByCoin<T> : IKeepOperator<T>
    where T : unmanaged, INumberBase<T>
{
    private readonly T[] _scales;
    private readonly T[] _fills;

    /// <param name="scales">
    /// What kept values are multiplied by. 1 leaves their bits alone. A <see cref="Tile"/>.
    /// </param>
    /// <param name="fills">What dropped values become. A <see cref="Tile"/> too.</param>
    public KeepByCoin(T[] scales, T[] fills) => (_scales, _fills) = (scales, fills);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector FillAt<TVector, TVectors>(nuint phase)
        where TVectors : IVectors<T, TVector> => TVectors.Load(in MemoryMarshal.GetArrayDataReference(_fills), phase);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TVectors>(TVector value, TVector keep, TVector fill, nuint phase)
        where TVectors : IVectors<T, TVector>
    {
        TVector scale = TVectors.Load(in MemoryMarshal.GetArrayDataReference(_scales), phase);
        TVector isOne = TVectors.AreEqual(scale, TVectors.Create(T.One));
        TVector kept = TVectors.Select(isOne, value, TVectors.Multiply(value, scale));
        return TVectors.Select(keep, kept, fill);
    }
}
