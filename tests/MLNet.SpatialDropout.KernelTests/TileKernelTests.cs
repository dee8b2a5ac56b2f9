using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class TileKernelTests
{
    private static readonly (double Scale, double Fill)[] ScalesAndFills = [(1, 0), (1.4285715, 0), (1, double.NaN), (1, -7.5)];

    // Every length around a vector of each width, and several tiles long; every number of channels that fits.
    private static readonly int[] Lengths = [.. Enumerable.Range(1, 200), 255, 256, 257, 511, 600, 1023];

    [TestMethod]
    public void Singles_equal_the_scalar_formula() => EqualsTheScalarFormula<float>();

    [TestMethod]
    public void Doubles_equal_the_scalar_formula() => EqualsTheScalarFormula<double>();

    [TestMethod]
    public void Singles_with_a_scale_and_a_fill_for_each_coin() => EqualsTheScalarFormulaByCoin<float>();

    [TestMethod]
    public void Doubles_with_a_scale_and_a_fill_for_each_coin() => EqualsTheScalarFormulaByCoin<double>();

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

    private static void EqualsTheScalarFormulaByCoin<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int length in Lengths)
        {
            // Scales of 1 among others: a signalling NaN must come through those.
            T[] source = OddValues.Row<T>(length, start: length);
            T[] scales = [.. Enumerable.Range(0, length).Select(i => i % 3 == 0 ? T.One : T.CreateTruncating(1 + (i * 0.25)))];
            T[] fills = [.. Enumerable.Range(0, length).Select(i => T.CreateTruncating(-i))];
            bool[] keep = [.. Enumerable.Range(0, length).Select(i => (i * 7 % 5) < 3)];
            T[] masks = new T[length];
            Tile.FillMasks(masks, keep, runLength: 1);

            T[] expected = [.. source.Select((value, i) => !keep[i] ? fills[i] : scales[i] == T.One ? value : value * scales[i])];
            TileKernel.Apply<T>(source, masks, scales, fills, source);
            Bits.AreEqual<T>(expected, source, $"{typeof(T).Name}, length {length}:");
        }
    }

    private static void EqualsTheScalarFormula<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int length in Lengths)
        {
            for (int period = 1; period <= Math.Min(70, length); period++)
            {
                foreach ((double scale, double fill) in ScalesAndFills)
                    EqualsTheScalarFormula(length, period, T.CreateTruncating(scale), T.CreateTruncating(fill));
            }
        }
    }

    private static void EqualsTheScalarFormula<T>(int length, int period, T scale, T fill)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool[] keep = [.. Enumerable.Range(0, period).Select(i => (i * 7 % 5) < 3)];
        T[] tile = new T[Tile.Length<T>(period, length)];
        Tile.FillMasks(tile, keep, runLength: 1);

        // From any offset, with room behind that must stay as it is.
        int offset = 1 + (length % 5);
        T[] source = OddValues.Row<T>(offset + length + 3, start: length);
        T[] expected = [.. source];
        for (int i = 0; i < length; i++)
        {
            T value = source[offset + i];
            expected[offset + i] = !keep[i % period] ? fill : scale == T.One ? value : value * scale;
        }

        string what = $"{typeof(T).Name}, length {length}, period {period}, scale {scale}, fill {fill}:";
        T[] apart = [.. source];
        TileKernel.Apply(source.AsSpan(offset, length), tile, scale, fill, apart.AsSpan(offset, length));
        Bits.AreEqual<T>(expected, apart, what);

        // By coin, with the same scale and fill for all.
        apart = [.. source];
        T[] scales = [.. Enumerable.Repeat(scale, tile.Length)];
        T[] fills = [.. Enumerable.Repeat(fill, tile.Length)];
        TileKernel.Apply<T>(source.AsSpan(offset, length), tile, scales, fills, apart.AsSpan(offset, length));
        Bits.AreEqual<T>(expected, apart, $"by coin, {what}");

        T[] inPlace = [.. source];
        TileKernel.Apply(inPlace.AsSpan(offset, length), tile, scale, fill, inPlace.AsSpan(offset, length));
        Bits.AreEqual<T>(expected, inPlace, $"in place, {what}");
    }
}
