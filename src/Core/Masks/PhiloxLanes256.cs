using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLNet.SpatialDropout;

/// <summary>Four blocks at once.</summary>
internal readonly struct PhiloxLanes256 : IPhiloxLanes<Vector256<ulong>>
{
    /// <summary>Whether the hardware multiplies 32 bits to 64 in vectors of this width.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    public static int Count => Vector256<ulong>.Count;

    public static Vector256<ulong> BlockNumbers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(0UL, 2, 1, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Create(ulong value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Add(Vector256<ulong> left, Vector256<ulong> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Multiply(Vector256<ulong> left, Vector256<ulong> right) =>
        Avx2.Multiply(left.AsUInt32(), right.AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Upper(Vector256<ulong> lanes) => lanes >> 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Xor(Vector256<ulong> first, Vector256<ulong> second, Vector256<ulong> third) =>
        first ^ second ^ third;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<ulong> First, Vector256<ulong> Second) Interleave(
        Vector256<ulong> word0, Vector256<ulong> word1, Vector256<ulong> word2, Vector256<ulong> word3)
    {
        Vector256<ulong> words01 = Pair(word0, word1);
        Vector256<ulong> words23 = Pair(word2, word3);
        return (Avx2.UnpackLow(words01, words23), Avx2.UnpackHigh(words01, words23));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Load(ref readonly uint source, nuint index) =>
        Vector256.LoadUnsafe(in source, index).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<ulong> lanes, ref uint destination, nuint index) =>
        lanes.AsUInt32().StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ToVector(Vector256<ulong> first, Vector256<ulong> second) =>
        Vector512.Create(first, second).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> And(Vector256<ulong> left, Vector256<ulong> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> IsAtLeast(Vector256<ulong> left, Vector256<ulong> right) =>
        Vector256.GreaterThanOrEqual(left.AsUInt32(), right.AsUInt32()).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Select(Vector256<ulong> mask, Vector256<ulong> ifSet, Vector256<ulong> ifClear) =>
        Vector256.ConditionalSelect(mask, ifSet, ifClear);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> MultiplySingles(Vector256<ulong> left, Vector256<ulong> right) =>
        (left.AsSingle() * right.AsSingle()).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Pair(Vector256<ulong> even, Vector256<ulong> odd) =>
        Vector256.ConditionalSelect(Vector256.Create((ulong)uint.MaxValue), even, odd << 32);
}
