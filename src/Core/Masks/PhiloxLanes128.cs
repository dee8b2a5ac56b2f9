using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace MLNet.SpatialDropout;

/// <summary>Two blocks at once.</summary>
internal readonly struct PhiloxLanes128 : IPhiloxLanes<Vector128<ulong>>
{
    /// <summary>Whether the hardware multiplies 32 bits to 64 in vectors of this width.</summary>
    public static bool IsSupported => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    public static int Count => Vector128<ulong>.Count;

    public static Vector128<ulong> BlockNumbers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(0UL, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Create(ulong value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Add(Vector128<ulong> left, Vector128<ulong> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Multiply(Vector128<ulong> left, Vector128<ulong> right) =>
        Sse2.IsSupported
            ? Sse2.Multiply(left.AsUInt32(), right.AsUInt32())
            : AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(left), AdvSimd.ExtractNarrowingLower(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Upper(Vector128<ulong> lanes) => lanes >> 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Xor(Vector128<ulong> first, Vector128<ulong> second, Vector128<ulong> third) =>
        first ^ second ^ third;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<ulong> First, Vector128<ulong> Second) Interleave(
        Vector128<ulong> word0, Vector128<ulong> word1, Vector128<ulong> word2, Vector128<ulong> word3)
    {
        Vector128<ulong> words01 = Pair(word0, word1);
        Vector128<ulong> words23 = Pair(word2, word3);
        return Sse2.IsSupported
            ? (Sse2.UnpackLow(words01, words23), Sse2.UnpackHigh(words01, words23))
            : (AdvSimd.Arm64.ZipLow(words01, words23), AdvSimd.Arm64.ZipHigh(words01, words23));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Load(ref readonly uint source, nuint index) =>
        Vector128.LoadUnsafe(in source, index).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<ulong> lanes, ref uint destination, nuint index) =>
        lanes.AsUInt32().StoreUnsafe(ref destination, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ToVector(Vector128<ulong> first, Vector128<ulong> second) =>
        Vector512.Create(Vector256.Create(first, second), Vector256<ulong>.Zero).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> And(Vector128<ulong> left, Vector128<ulong> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> IsAtLeast(Vector128<ulong> left, Vector128<ulong> right) =>
        Vector128.GreaterThanOrEqual(left.AsUInt32(), right.AsUInt32()).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Select(Vector128<ulong> mask, Vector128<ulong> ifSet, Vector128<ulong> ifClear) =>
        Vector128.ConditionalSelect(mask, ifSet, ifClear);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> MultiplySingles(Vector128<ulong> left, Vector128<ulong> right) =>
        (left.AsSingle() * right.AsSingle()).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Pair(Vector128<ulong> even, Vector128<ulong> odd) =>
        Vector128.ConditionalSelect(Vector128.Create((ulong)uint.MaxValue), even, odd << 32);
}
