using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>keep ? value x scale : fill, with a scale and a fill for each element of the tile.</summary>
internal readonly ref struct KeepByCoin<T> : IKeepOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ref T _scales;
    private readonly ref T _fills;

    /// <param name="scales">What kept values are multiplied by; 1 leaves their bits alone.</param>
    /// <param name="fills">What dropped values become; as long as <paramref name="scales"/>.</param>
    public KeepByCoin(ReadOnlySpan<T> scales, ReadOnlySpan<T> fills)
    {
        _scales = ref MemoryMarshal.GetReference(scales);
        _fills = ref MemoryMarshal.GetReference(fills[..scales.Length]);
    }

    public T Invoke(T value, T keep, int index)
    {
        T scale = Unsafe.Add(ref _scales, index);
        return !T.IsNaN(keep) ? Unsafe.Add(ref _fills, index) : scale == T.One ? value : value * scale;
    }

    public Vector128<T> Invoke(Vector128<T> value, Vector128<T> keep, int index)
    {
        var scale = Vector128.LoadUnsafe(ref _scales, (nuint)index);
        var kept = Vector128.ConditionalSelect(Vector128.Equals(scale, Vector128<T>.One), value, value * scale);
        return Vector128.ConditionalSelect(keep, kept, Vector128.LoadUnsafe(ref _fills, (nuint)index));
    }

    public Vector256<T> Invoke(Vector256<T> value, Vector256<T> keep, int index)
    {
        var scale = Vector256.LoadUnsafe(ref _scales, (nuint)index);
        var kept = Vector256.ConditionalSelect(Vector256.Equals(scale, Vector256<T>.One), value, value * scale);
        return Vector256.ConditionalSelect(keep, kept, Vector256.LoadUnsafe(ref _fills, (nuint)index));
    }

    public Vector512<T> Invoke(Vector512<T> value, Vector512<T> keep, int index)
    {
        var scale = Vector512.LoadUnsafe(ref _scales, (nuint)index);
        var kept = Vector512.ConditionalSelect(Vector512.Equals(scale, Vector512<T>.One), value, value * scale);
        return Vector512.ConditionalSelect(keep, kept, Vector512.LoadUnsafe(ref _fills, (nuint)index));
    }
}
