using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout;

/// <summary>One block at a time, for hardware without vectors that multiply 32 bits to 64.</summary>
internal readonly struct PhiloxLanes64 : IPhiloxLanes<ulong>
{
    public static int Count => 1;

    public static ulong BlockNumbers => 0;

    public static ulong Create(ulong value) => value;

    public static ulong Add(ulong left, ulong right) => left + right;

    public static ulong Multiply(ulong left, ulong right) => (ulong)(uint)left * (uint)right;

    public static ulong Upper(ulong lanes) => lanes >> 32;

    public static ulong Xor(ulong first, ulong second, ulong third) => first ^ second ^ third;

    public static (ulong First, ulong Second) Interleave(ulong word0, ulong word1, ulong word2, ulong word3) =>
        (Pair((uint)word0, (uint)word1), Pair((uint)word2, (uint)word3));

    public static ulong Load(ref readonly uint source, nuint index) =>
        Pair(Unsafe.Add(ref Unsafe.AsRef(in source), index), Unsafe.Add(ref Unsafe.AsRef(in source), index + 1));

    public static void Store(ulong lanes, ref uint destination, nuint index)
    {
        Unsafe.Add(ref destination, index) = (uint)lanes;
        Unsafe.Add(ref destination, index + 1) = (uint)(lanes >> 32);
    }

    public static Vector512<uint> ToVector(ulong first, ulong second) =>
        Vector512.Create(Vector256.Create(Vector128.Create(first, second), Vector128<ulong>.Zero), Vector256<ulong>.Zero).AsUInt32();

    public static ulong And(ulong left, ulong right) => left & right;

    public static ulong IsAtLeast(ulong left, ulong right) =>
        Pair(MaskOf((uint)left >= (uint)right), MaskOf(left >> 32 >= right >> 32));

    public static ulong Select(ulong mask, ulong ifSet, ulong ifClear) => (mask & ifSet) | (~mask & ifClear);

    public static ulong MultiplySingles(ulong left, ulong right) =>
        Pair(MultiplySingle((uint)left, (uint)right), MultiplySingle((uint)(left >> 32), (uint)(right >> 32)));

    private static uint MultiplySingle(uint left, uint right) =>
        BitConverter.SingleToUInt32Bits(BitConverter.UInt32BitsToSingle(left) * BitConverter.UInt32BitsToSingle(right));

    private static ulong Pair(uint even, uint odd) => even | ((ulong)odd << 32);

    private static uint MaskOf(bool value) => value ? uint.MaxValue : 0;
}
