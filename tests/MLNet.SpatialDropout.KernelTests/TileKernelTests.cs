using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class TileKernelTests
{
    private static readonly (double Scale, double Fill)[] ScalesAndFills = [(1, 0), (1.4285715, 0), (1, double.NaN), (1, -7.5)];

    // Below, at and above a vector of each width, and several tiles long.
    private static readonly int[] Lengths = [.. Enumerable.Range(1, 70), 127, 128, 129, 255, 256, 257, 511, 600, 1023];

    [TestMethod]
    public void Singles_equal_the_scalar_formula() => EqualsTheScalarFormula<float>();

    [TestMethod]
    public void Doubles_equal_the_scalar_formula() => EqualsTheScalarFormula<double>();

    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(6, 768, 240)]
    [DataRow(6, 12, 12)]
    [DataRow(3, 300, 240)]
    [DataRow(70, 1400, 560)]
    [DataRow(64, 65536, 256)]
    [DataRow(1000, 1000, 1000)]
    [DataRow(715827882, 1431655764, 1431655764)]
    public void A_tile_is_whole_periods_of_whole_vectors_or_the_row(int period, int rowLength, int expected) =>
        Assert.AreEqual(expected, Tile.Length<float>(period, rowLength));

    private static void EqualsTheScalarFormula<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int length in Lengths)
        {
            foreach (int period in new[] { 1, 2, 3, 6, 7, 16, 31, 64, 70 })
            {
                foreach ((double scale, double fill) in ScalesAndFills)
                    EqualsTheScalarFormula(length, Math.Min(period, length), T.CreateTruncating(scale), T.CreateTruncating(fill));
            }
        }
    }

    private static void EqualsTheScalarFormula<T>(int length, int period, T scale, T fill)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool[] keep = [.. Enumerable.Range(0, period).Select(i => (i * 7 % 5) < 3)];
        T[] tile = new T[Tile.Length<T>(period, length)];
        Tile.FillMasks(tile, keep, runLength: 1);

        // From an odd offset, with room behind that must stay as it is.
        T[] source = OddValues.Row<T>(length + 3, offset: length);
        T[] expected = [.. source];
        for (int i = 0; i < length; i++)
            expected[i + 1] = !keep[i % period] ? fill : scale == T.One ? source[i + 1] : source[i + 1] * scale;

        string what = $"{typeof(T).Name}, length {length}, period {period}, scale {scale}, fill {fill}:";
        T[] apart = [.. source];
        TileKernel.Apply(source.AsSpan(1, length), tile, scale, fill, apart.AsSpan(1, length));
        Bits.AreEqual<T>(expected, apart, what);

        T[] inPlace = [.. source];
        TileKernel.Apply(inPlace.AsSpan(1, length), tile, scale, fill, inPlace.AsSpan(1, length));
        Bits.AreEqual<T>(expected, inPlace, $"in place, {what}");
    }
}
