using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The kernel for long runs of equal coins, against the scalar formula, at every width.</summary>
[TestClass]
public sealed class RunKernelTests
{
    private static readonly bool[] Keep = [true, false, false, true, true];

    [TestMethod]
    public void Singles_equal_the_scalar_formula() => EqualsTheScalarFormula<float>();

    [TestMethod]
    public void Doubles_equal_the_scalar_formula() => EqualsTheScalarFormula<double>();

    private static void EqualsTheScalarFormula<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int width in Widths.All)
        {
            foreach (int runLength in new[] { 1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 100 })
            {
                if (runLength < Widths.Count<T>(width))
                    continue;

                foreach (int periods in new[] { 1, 3 })
                {
                    foreach ((T scale, T fill) in KernelCase<T>.ScalesAndFills)
                        Check<T>(width, runLength, periods, [scale], [fill]);

                    Check<T>(width, runLength, periods, [T.One, T.Pi, T.One, T.E, T.One], [T.Zero, T.One, T.NaN, T.Pi, T.E]);
                }
            }
        }
    }

    private static void Check<T>(int width, int runLength, int periods, T[] scales, T[] fills)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        uint[] masks = [.. Keep.Select(keep => keep ? uint.MaxValue : 0)];
        int Run(int element) => element / runLength % Keep.Length;
        var row = new KernelCase<T>(
            Keep.Length * runLength * periods, i => Keep[Run(i)], i => scales[Run(i) % scales.Length],
            i => fills[Run(i) % fills.Length]);
        row.Check(
            (source, destination) => Widths.Invoke<T, RunKernel<T>>(
                new(source, masks, runLength, scales, fills, destination), width),
            $"width {width}, runs of {runLength}, {periods} periods, scales {scales[0]} ..., fills {fills[0]} ...");
    }
}
