using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Runs of elements with one coin, of all lengths around the threshold for a separate loop: the layout against the scalar
/// formula, and the plan against the scalar reference.
/// </summary>
[TestClass]
public sealed class LongRunTests
{
    private static readonly int[] RunLengths = [.. Enumerable.Range(1, 80), 100, 127, 128, 129, 255, 256, 1000];

    private static readonly DropoutOptions[] Variants =
    [
        new() { Rate = 0.4, Seed = 7 },
        new() { Rate = 0.4, Seed = 7, Scaling = DropoutScaling.Inverted },
        new() { Rate = 0.4, Seed = 7, Fill = DropoutFill.Missing },
        new() { Rate = 0.4, Seed = 7, Fill = DropoutFill.Constant(-7.5), RowProbability = 0.5 },
    ];

    [TestMethod]
    public void A_layout_of_singles() => LayoutEqualsTheFormula<float>();

    [TestMethod]
    public void A_layout_of_doubles() => LayoutEqualsTheFormula<double>();

    [TestMethod]
    public void A_plan_for_singles() => PlanEqualsTheReference<float>();

    [TestMethod]
    public void A_plan_for_doubles() => PlanEqualsTheReference<double>();

    // No vector has 17 lanes, so no width shuffles 17 coins. Up to five coins are shuffled if the row is short.
    private static IEnumerable<(int[] Shape, int[] Noise)> Layouts(int runLength) =>
    [
        ([runLength], [1]),
        ([5, runLength], [5, 1]),
        ([17, runLength], [17, 1]),
        ([3, 17, runLength], [1, 17, 1]),       // periods
        ([3, 2, 17, runLength], [3, 1, 17, 1]), // runs that share coins
    ];

    private static void LayoutEqualsTheFormula<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int runLength in RunLengths)
        {
            foreach ((int[] shape, int[] noise) in Layouts(runLength))
            {
                var broadcast = new NoiseBroadcast(shape, noise);
                int length = shape.Aggregate((product, size) => product * size);
                foreach ((T scale, T fill) in KernelCase<T>.ScalesAndFills)
                    Check(broadcast, length, [scale], [fill]);

                // Includes scales of 1, which must keep a signalling NaN.
                int[] coins = [.. Enumerable.Range(0, broadcast.CoinCount)];
                Check<T>(
                    broadcast, length,
                    [.. coins.Select(coin => coin % 3 == 0 ? T.One : T.CreateTruncating(1 + (coin * 0.25)))],
                    [.. coins.Select(coin => coin % 4 == 0 ? T.NaN : T.CreateTruncating(-coin))]);
            }
        }
    }

    private static void Check<T>(NoiseBroadcast broadcast, int length, T[] scales, T[] fills)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var layout = new CoinLayout<T>(broadcast, length, scales, fills);
        var masks = new uint[Math.Max(layout.WorkLength, CoinStream.RoomFor(broadcast.CoinCount))];
        for (int coin = 0; coin < broadcast.CoinCount; coin++)
            masks[coin] = Keeps(coin) ? uint.MaxValue : 0;

        var row = new KernelCase<T>(
            length, i => Keeps(broadcast.CoinOf(i)), i => scales[broadcast.CoinOf(i) % scales.Length],
            i => fills[broadcast.CoinOf(i) % fills.Length]);
        row.Check(
            (source, destination) => layout.Apply([.. masks], source, destination),
            $"runs of {broadcast.RunLength}, {length} elements, scales {scales[0]} ..., fills {fills[0]} ...");
    }

    private static void PlanEqualsTheReference<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int runLength in RunLengths)
        {
            foreach ((int[] shape, int[] noise) in Layouts(runLength))
            {
                double[] rates = [.. Enumerable.Range(0, noise.Aggregate((product, size) => product * size))
                    .Select(coin => coin * 37 % 11 / 12.0)];
                DropoutOptions byRates = Variants[0] with { Rate = null, Rates = rates };
                DropoutOptions byScales = byRates with { Scaling = DropoutScaling.Inverted };
                foreach (DropoutOptions variant in Variants.Append(byRates).Append(byScales))
                    Check<T>(variant with { Shape = shape, NoiseShape = noise });
            }
        }
    }

    private static void Check<T>(DropoutOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = options.Shape!.Aggregate((product, size) => product * size);
        int offset = length % 5;
        var key = new MaskKey((ulong)length);
        T[] row = OddValues.Row<T>(length, start: length);
        T[] expected = ReferenceDropout.Apply<T>(options, key, row);
        DropoutPlan plan = DropoutPlan.Create(options, length);
        string what = $"{typeof(T).Name}, {options}:";

        T[] apart = [.. Enumerable.Repeat(T.Pi, offset + length + 1)];
        plan.Apply<T>(key, row, apart.AsSpan(offset, length));
        Bits.AreEqual<T>([.. Enumerable.Repeat(T.Pi, offset), .. expected, T.Pi], apart, what);

        plan.Apply<T>(key, row, row);
        Bits.AreEqual<T>(expected, row, $"in place, {what}");
    }

    private static bool Keeps(int coin) => coin * 7 % 5 < 3;
}
