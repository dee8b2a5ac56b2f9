using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLNet.SpatialDropout;

/// <summary>Eight blocks at once.</summary>
internal readonly struct PhiloxLanes512 : IPhiloxLanes<Vector512<ulong>>
{
    public static int Count => Vector512<ulong>.Count;

    public static Vector512<ulong> BlockNumbers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0UL, 4, 1, 5, 2, 6, 3, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Create(ulong value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Add(Vector512<ulong> left, Vector512<ulong> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Multiply(Vector512<ulong> left, Vector512<ulong> right) =>
        Avx512F.Multiply(left.AsUInt32(), right.AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Upper(Vector512<ulong> lanes) => lanes >> 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Xor(Vector512<ulong> first, Vector512<ulong> second, Vector512<ulong> third) =>
        first ^ second ^ third;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<ulong> First, Vector512<ulong> Second) Interleave(
        Vector512<ulong> word0, Vector512<ulong> word1, Vector512<ulong> word2, Vector512<ulong> word3)
    {
        Vector512<ulong> words01 = Pair(word0, word1);
        Vector512<ulong> words23 = Pair(word2, word3);
        return (Avx512F.UnpackLow(words01, words23), Avx512F.UnpackHigh(words01, words23));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Load(ref readonly uint source, nuint index) =>
        Vector512.LoadUnsafe(in source, index).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<ulong> lanes, ref uint destination, nuint index) =>
        lanes.AsUInt32().StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ToVector(Vector512<ulong> first, Vector512<ulong> second) =>
        first.AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> And(Vector512<ulong> left, Vector512<ulong> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> IsAtLeast(Vector512<ulong> left, Vector512<ulong> right) =>
        Vector512.GreaterThanOrEqual(left.AsUInt32(), right.AsUInt32()).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Select(Vector512<ulong> mask, Vector512<ulong> ifSet, Vector512<ulong> ifClear) =>
        Vector512.ConditionalSelect(mask, ifSet, ifClear);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> MultiplySingles(Vector512<ulong> left, Vector512<ulong> right) =>
        (left.AsSingle() * right.AsSingle()).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Pair(Vector512<ulong> even, Vector512<ulong> odd) =>
        Vector512.ConditionalSelect(Vector512.Create((ulong)uint.MaxValue), even, odd << 32);
}
