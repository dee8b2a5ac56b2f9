using System.Numerics;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>keep ? value x scale : fill.</summary>
internal readonly struct KeepScaled<T> : IKeepOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _scale;
    private readonly T _fill;

    public KeepScaled(T scale, T fill) => (_scale, _fill) = (scale, fill);

    public T Invoke(T value, T keep, int index) => T.IsNaN(keep) ? value * _scale : _fill;

    public Vector128<T> Invoke(Vector128<T> value, Vector128<T> keep, int index) =>
        Vector128.ConditionalSelect(keep, value * _scale, Vector128.Create(_fill));

    public Vector256<T> Invoke(Vector256<T> value, Vector256<T> keep, int index) =>
        Vector256.ConditionalSelect(keep, value * _scale, Vector256.Create(_fill));

    public Vector512<T> Invoke(Vector512<T> value, Vector512<T> keep, int index) =>
        Vector512.ConditionalSelect(keep, value * _scale, Vector512.Create(_fill));
}
