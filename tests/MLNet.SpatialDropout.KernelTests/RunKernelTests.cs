using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class RunKernelTests
{
    private static readonly (double Scale, double Fill)[] ScalesAndFills = [(1, 0), (1.4285715, 0), (1, double.NaN), (1, -7.5)];

    [TestMethod]
    public void Singles_equal_the_scalar_formula() => EqualsTheScalarFormula<float>();

    [TestMethod]
    public void Doubles_equal_the_scalar_formula() => EqualsTheScalarFormula<double>();

    private static void EqualsTheScalarFormula<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool[] keep = [true, false, false, true, true];
        foreach (int runLength in new[] { 1, 2, 15, 16, 17, 33, 100 })
        {
            foreach (int periods in new[] { 1, 3 })
            {
                foreach ((double scale, double fill) in ScalesAndFills)
                    EqualsTheScalarFormula(keep, runLength, periods, T.CreateTruncating(scale), T.CreateTruncating(fill));
            }
        }
    }

    private static void EqualsTheScalarFormula<T>(bool[] keep, int runLength, int periods, T scale, T fill)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // From any offset, with room behind that must stay as it is.
        int length = keep.Length * runLength * periods;
        int offset = runLength % 5;
        T[] source = OddValues.Row<T>(offset + length + 3);
        T[] expected = [.. source];
        for (int i = 0; i < length; i++)
        {
            T value = source[offset + i];
            expected[offset + i] = !keep[i / runLength % keep.Length] ? fill : scale == T.One ? value : value * scale;
        }

        string what = $"{typeof(T).Name}, runs of {runLength}, {periods} periods, scale {scale}, fill {fill}:";
        T[] apart = [.. source];
        RunKernel.Apply(source.AsSpan(offset, length), keep, runLength, scale, fill, apart.AsSpan(offset, length));
        Bits.AreEqual<T>(expected, apart, what);

        RunKernel.Apply(source.AsSpan(offset, length), keep, runLength, scale, fill, source.AsSpan(offset, length));
        Bits.AreEqual<T>(expected, source, $"in place, {what}");
    }
}
