using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>Vectors of one element, for rows shorter than a vector and for hardware without vectors.</summary>
internal readonly struct Scalars<T> : IVectors<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => 1;

    public static T Create(T value) => value;

    public static T Lower(Vector512<T> vector) => vector.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load(ref readonly T source, nuint index) => Unsafe.Add(ref Unsafe.AsRef(in source), index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T vector, ref T destination, nuint index) => Unsafe.Add(ref destination, index) = vector;

    public static T Multiply(T left, T right) => left * right;

    public static T AreEqual(T left, T right) => left == right ? T.AllBitsSet : T.Zero;

    // A mask with all bits set is a NaN, and one with no bit set is not. This test stays in the floating-point registers.
    public static T Select(T mask, T ifSet, T ifClear) => T.IsNaN(mask) ? ifSet : ifClear;

    // A single lane cannot be rearranged.
    public static T Shuffle(T vector, ref readonly uint laneOfLane, nuint index) => vector;
}
