using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The kernels for coins that repeat over the row, against the scalar formula, at every width: rows of one vector up to
/// several, with 1 to 70 coins.
/// </summary>
[TestClass]
public sealed class PeriodicKernelTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(1, 100), 127, 128, 129, 200, 255, 600, 1023];

    [TestMethod]
    public void Tiles_of_singles() => TilesEqualTheFormula<float>();

    [TestMethod]
    public void Tiles_of_doubles() => TilesEqualTheFormula<double>();

    [TestMethod]
    public void Shuffled_singles() => ShufflesEqualTheFormula<float>();

    [TestMethod]
    public void Shuffled_doubles() => ShufflesEqualTheFormula<double>();

    private static void TilesEqualTheFormula<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ForEach<T>(maxCoins: _ => 70, (length, coins, width) =>
        {
            int period = Tile.Period<T>(coins);
            var tile = new T[Tile.Length<T>(period)];
            Tile.FillMasks(tile, Masks(coins), runLength: 1);

            foreach ((T scale, T fill) in KernelCase<T>.ScalesAndFills)
            {
                string what = $"width {width}, length {length}, {coins} coins, scale {scale}, fill {fill}";
                var row = new KernelCase<T>(length, i => Keeps(i % coins), _ => scale, _ => fill);
                if (scale == T.One)
                    row.Check((source, destination) => Widths.Invoke(
                        source, destination, coins, new TileMasks<T>(tile), new KeepUnscaled<T>(fill), width), what);
                else
                    row.Check((source, destination) => Widths.Invoke(
                        source, destination, coins, new TileMasks<T>(tile), new KeepScaled<T>(scale, fill), width), what);
            }

            (T[] scales, T[] fills) = ByCoin<T>(tile.Length, coins);
            new KernelCase<T>(length, i => Keeps(i % coins), i => scales[i % coins], i => fills[i % coins]).Check(
                (source, destination) => Widths.Invoke(
                    source, destination, coins, new TileMasks<T>(tile), new KeepByCoin<T>(scales, fills), width),
                $"width {width}, length {length}, {coins} coins, each its own scale and fill");
        });

    // As many coins as a vector has 32-bit lanes.
    private static void ShufflesEqualTheFormula<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ForEach<T>(maxCoins: width => width / 32, (length, coins, width) =>
        {
            int lanesPerElement = Unsafe.SizeOf<T>() / sizeof(uint);
            int period = Tile.Period<T>(coins);
            uint[] coinOfLane = [.. Enumerable.Range(0, Tile.Length<T>(period) * lanesPerElement)
                .Select(lane => (uint)(lane / lanesPerElement % coins))];
            var keep = new uint[Vector512<uint>.Count];
            Masks(coins).CopyTo(keep, 0);

            (T[] scales, T[] fills) = ByCoin<T>(Tile.Length<T>(period), coins);
            new KernelCase<T>(length, i => Keeps(i % coins), i => scales[i % coins], i => fills[i % coins]).Check(
                (source, destination) => Widths.Invoke(
                    source, destination, coins, new ShuffledMasks<T>(Vector512.Create(keep), coinOfLane),
                    new KeepByCoin<T>(scales, fills), width),
                $"width {width}, length {length}, {coins} coins");
        });

    // A kernel needs at least one whole vector; shorter rows go to narrower kernels.
    private static void ForEach<T>(Func<int, int> maxCoins, Action<int, int, int> check)
        where T : unmanaged
    {
        foreach (int width in Widths.All)
        {
            foreach (int length in Lengths.Where(length => length >= Widths.Count<T>(width)))
            {
                for (int coins = 1; coins <= Math.Min(maxCoins(width), length); coins++)
                    check(length, coins, width);
            }
        }
    }

    private static bool Keeps(int coin) => (coin * 7 % 5) < 3;

    private static uint[] Masks(int coins) => [.. Enumerable.Range(0, coins).Select(coin => Keeps(coin) ? uint.MaxValue : 0)];

    // Includes scales of 1, which must keep a signalling NaN.
    private static (T[] Scales, T[] Fills) ByCoin<T>(int length, int coins)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ([.. Enumerable.Range(0, length).Select(i => i % coins % 3 == 0 ? T.One : T.CreateTruncating(1 + (i % coins * 0.25)))],
            [.. Enumerable.Range(0, length).Select(i => T.CreateTruncating(-(i % coins)))]);
}
