using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.SpatialDropout;

/// <summary>keep ? value : fill, with a fill for each element of the period. The bits of a kept value do not change.</summary>
internal readonly ref struct KeepFilled<T> : IKeepOperator<T>
    where T : unmanaged
{
    private readonly ref readonly T _fills;

    /// <param name="fills">What dropped values become. A <see cref="Tile"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public KeepFilled(ReadOnlySpan<T> fills) => _fills = ref MemoryMarshal.GetReference(fills);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector FillAt<TVector, TVectors>(nuint phase)
        where TVectors : IVectors<T, TVector> => TVectors.Load(in _fills, phase);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector, TVectors>(TVector value, TVector keep, TVector fill, nuint phase)
        where TVectors : IVectors<T, TVector> =>
        TVectors.Select(keep, value, fill);
}
