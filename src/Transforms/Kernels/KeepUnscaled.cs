using System.Numerics;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>keep ? value : fill. A kept value passes through untouched, signalling NaNs included.</summary>
internal readonly struct KeepUnscaled<T> : IKeepOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _fill;

    public KeepUnscaled(T fill) => _fill = fill;

    public T Invoke(T value, T keep, int index) => T.IsNaN(keep) ? value : _fill;

    public Vector128<T> Invoke(Vector128<T> value, Vector128<T> keep, int index) =>
        Vector128.ConditionalSelect(keep, value, Vector128.Create(_fill));

    public Vector256<T> Invoke(Vector256<T> value, Vector256<T> keep, int index) =>
        Vector256.ConditionalSelect(keep, value, Vector256.Create(_fill));

    public Vector512<T> Invoke(Vector512<T> value, Vector512<T> keep, int index) =>
        Vector512.ConditionalSelect(keep, value, Vector512.Create(_fill));
}
