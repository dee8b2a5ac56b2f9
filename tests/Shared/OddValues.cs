namespace MLNet.SpatialDropout.Tests;

/// <summary>Values that a careless kernel changes: NaN payloads, infinities, negative zero, denormals.</summary>
internal static class OddValues
{
    private static readonly float[] Singles =
    [
        1, -2.5f, 0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity,
        float.Epsilon, -float.Epsilon, float.MaxValue,
        BitConverter.UInt32BitsToSingle(0x7F800001), // signalling NaN
        BitConverter.UInt32BitsToSingle(0xFFC12345), // NaN with a payload
        1e-40f, 3.1415927f,
    ];

    private static readonly double[] Doubles =
    [
        1, -2.5, 0, -0d, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon,
        double.MaxValue,
        BitConverter.UInt64BitsToDouble(0x7FF0000000000001), // signalling NaN
        BitConverter.UInt64BitsToDouble(0xFFF8000012345678), // NaN with a payload
        1e-310, Math.PI,
    ];

    public static T[] Row<T>(int length, int start = 0)
    {
        T[] values = (T[])(object)(typeof(T) == typeof(float) ? Singles : Doubles);
        return [.. Enumerable.Range(start, length).Select(i => values[i % values.Length])];
    }
}
