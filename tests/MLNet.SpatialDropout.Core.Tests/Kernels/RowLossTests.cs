using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Losses that differ from row to row, on every instruction set: which fill, and for which steps. 1 to 70 channels, and all
/// lengths up to 200.
/// </summary>
[TestClass]
public sealed class RowLossTests
{
    private const int MaxLength = 200;

    [TestMethod]
    [DataRow(ChannelLayout.ChannelsLast)]
    [DataRow(ChannelLayout.ChannelsFirst)]
    public void Singles(ChannelLayout layout) => ChannelsEqualTheReference<float>(layout);

    [TestMethod]
    [DataRow(ChannelLayout.ChannelsLast)]
    [DataRow(ChannelLayout.ChannelsFirst)]
    public void Doubles(ChannelLayout layout) => ChannelsEqualTheReference<double>(layout);

    /// <summary>Groups of every size from 0 on, few and many, on all lengths that fit.</summary>
    [TestMethod]
    [DataRow(ChannelLayout.ChannelsLast)]
    [DataRow(ChannelLayout.ChannelsFirst)]
    public void Groups(ChannelLayout layout)
    {
        for (int count = 1; count <= 40; count++)
        {
            int[] groups = [.. Enumerable.Range(1, count).Select(group => group * (count | 1) % 4), 1];
            for (int steps = 1; steps * groups.Sum() <= MaxLength; steps++)
            {
                foreach (DropoutOptions variant in Variants(groups.Length, steps))
                {
                    DropoutOptions options = variant with { Groups = groups, Layout = layout };
                    var row = new MaskKey((ulong)steps, (ulong)count % 2);
                    if (steps % 2 == 0)
                        PlanKernelTests.Equals<double>(options, row, steps * groups.Sum());
                    else
                        PlanKernelTests.Equals<float>(options, row, steps * groups.Sum());
                }
            }
        }
    }

    /// <summary>A fill for each loss where a row has no steps: runs of every kind.</summary>
    [TestMethod]
    [DataRow(new[] { 5, 7 }, new[] { 5, 7 })]
    [DataRow(new[] { 5, 7 }, new[] { 1, 7 })]
    [DataRow(new[] { 5, 7 }, new[] { 5, 1 })]
    [DataRow(new[] { 5, 7 }, new[] { 1, 1 })]
    [DataRow(new[] { 4, 3, 5 }, new[] { 4, 1, 5 })]
    [DataRow(new[] { 4, 3, 5 }, new[] { 1, 3, 1 })]
    [DataRow(new[] { 1, 3, 1, 40 }, new[] { 1, 1, 1, 40 })]
    public void Any_shape(int[] shape, int[] noiseShape)
    {
        int coins = noiseShape.Aggregate(1, (product, size) => product * size);
        int length = shape.Aggregate(1, (product, size) => product * size);
        foreach (DropoutFill fill in Fills(coins, steps: 1))
        {
            for (ulong row = 0; row < 4; row++)
            {
                var options = new DropoutOptions { Shape = shape, NoiseShape = noiseShape, Rate = 0.5, Fill = fill, Seed = 7 };
                PlanKernelTests.Equals<float>(options, new MaskKey(row), length);
                PlanKernelTests.Equals<double>(options, new MaskKey(row), length);
            }
        }
    }

    [TestMethod]
    public void A_coin_for_each_element()
    {
        for (int length = 1; length <= MaxLength; length++)
        {
            foreach (DropoutFill fill in Fills(length, steps: 1))
            {
                var options = new DropoutOptions { PerElement = true, Rate = 0.4, Fill = fill, Seed = 7 };
                PlanKernelTests.Equals<float>(options, new MaskKey((ulong)length), length);
                PlanKernelTests.Equals<double>(options, new MaskKey((ulong)length), length);
            }
        }
    }

    /// <summary>
    /// Few channels, whose masks are drawn for several rows at once: no row may spoil those of the next, however short its outage.
    /// Groups of one channel each are channels.
    /// </summary>
    [TestMethod]
    [DataRow(ChannelLayout.ChannelsLast)]
    [DataRow(ChannelLayout.ChannelsFirst)]
    public void Rows(ChannelLayout layout)
    {
        int[][] layouts =
        [
            .. Enumerable.Range(1, 18).Select(channels => Enumerable.Repeat(1, channels).ToArray()),
            [3, 3, 1], [2, 0, 4, 1], [5, 2], [6], [9, 6, 1, 0, 8],
        ];
        MaskKey last = new(ulong.MaxValue - 4, 0, 1);
        foreach (int[] groups in layouts)
        {
            foreach (int steps in new[] { 1, 2, 3, 9 })
            {
                foreach (DropoutOptions variant in Variants(groups.Length, steps))
                {
                    DropoutOptions options = variant with { Groups = groups, Layout = layout };
                    RowsEqualTheReference<float>(options, last, 11, groups.Sum() * steps);
                    if (groups.Length <= 9)
                        RowsEqualTheReference<double>(options, last, 11, groups.Sum() * steps);
                }
            }
        }
    }

    /// <summary>A sparse row loses the values that it has, and no others.</summary>
    [TestMethod]
    [DataRow(ChannelLayout.ChannelsLast)]
    [DataRow(ChannelLayout.ChannelsFirst)]
    public void Sparse_rows_with_an_outage(ChannelLayout layout)
    {
        foreach (int[]? groups in new int[]?[] { null, [2, 0, 3, 1], [6] })
        {
            for (int steps = 1; steps <= 20; steps++)
            {
                for (ulong low = 0; low < 8; low++)
                {
                    var options = new DropoutOptions
                    {
                        Channels = 6,
                        Groups = groups,
                        Layout = layout,
                        Rate = 0.5,
                        RowProbability = 0.8,
                        OutageSteps = ((steps + 2) / 3, steps),
                        Seed = 7,
                    };
                    var row = new MaskKey(low, low % 2, 1);
                    float[] dense = [.. Enumerable.Range(0, 6 * steps).Select(i => i % 3 == 0 ? 0f : i)];
                    int[] indices = [.. Enumerable.Range(0, dense.Length).Where(i => dense[i] != 0)];
                    float[] values = [.. indices.Select(i => dense[i])];
                    float[] expected = ReferenceDropout.Apply<float>(options, row, dense);

                    DropoutPlan.Create(options, dense.Length).Singles.ApplySparse(in row, indices, values);

                    Bits.AreEqual<float>([.. indices.Select(i => expected[i])], values, $"{row}, {options}:");
                }
            }
        }
    }

    // All fills that differ by channel or row, with and without an outage of some steps.
    private static IEnumerable<DropoutOptions> Variants(int coins, int steps)
    {
        var options = new DropoutOptions { Rate = 0.4, Seed = 7 };
        foreach (DropoutFill fill in Fills(coins, steps))
            yield return options with { Fill = fill };
        yield return options with { OutageSteps = (1, steps) };
        yield return options with
        {
            Rate = null,
            DroppedChannels = (0, coins),
            RowProbability = 0.8,
            OutageSteps = ((steps + 1) / 2, steps),
            Fill = Fills(coins, steps).Last(),
        };
        if (steps > 1)
            yield return options with { OutageSteps = (1, steps / 2), Fill = DropoutFill.LastValue };
    }

    private static IEnumerable<DropoutFill> Fills(int coins, int steps)
    {
        DropoutFill perChannel = DropoutFill.PerChannel(
            [.. Enumerable.Range(0, coins).Select(coin => coin % 5 == 3 ? double.NaN : coin * -0.5)]);
        yield return perChannel;
        if (steps > 1)
            yield return DropoutFill.LastValue;
        yield return DropoutFill.OneOf(
            DropoutFill.Zero, DropoutFill.Missing, steps > 1 ? DropoutFill.LastValue : DropoutFill.Constant(7),
            DropoutFill.Constant(-3), perChannel);
    }

    private static void ChannelsEqualTheReference<T>(ChannelLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int channels = 1; channels <= 70; channels++)
        {
            for (int steps = 1; steps * channels <= MaxLength; steps++)
            {
                foreach (DropoutOptions variant in Variants(channels, steps))
                {
                    DropoutOptions options = variant with { Channels = channels, Layout = layout };
                    PlanKernelTests.Equals<T>(options, new MaskKey((ulong)steps), steps * channels);
                }
            }
        }
    }

    private static void RowsEqualTheReference<T>(DropoutOptions options, MaskKey first, int rows, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Keys that count on from the last to 0; and the same with jumps, repeats, other copies and high halves between them.
        MaskKey[] consecutive = [.. Enumerable.Range(0, rows).Select(i => first with { Low = unchecked(first.Low + (ulong)i) })];
        MaskKey[] any =
        [
            .. consecutive.Select((key, i) => (i % 6) switch
            {
                2 => key with { Copy = 5 },
                3 => consecutive[i - 1],
                5 => key with { High = 9 },
                _ => key,
            }),
        ];
        DropoutPlan plan = DropoutPlan.Create(options, length);
        string what = $"{typeof(T).Name}, length {length}, {options}:";
        T[] values = OddValues.Row<T>(rows * length, start: length);
        T[] apart = [.. Enumerable.Repeat(T.Pi, values.Length + 2)];
        T[] inPlace = [.. values];

        T[] expected = Expected(consecutive);
        plan.ApplyRows<T>(first, values, apart.AsSpan(1, values.Length));
        Bits.AreEqual<T>([T.Pi, .. expected, T.Pi], apart, $"consecutive keys, {what}");
        plan.ApplyRows<T>(first, inPlace, inPlace);
        Bits.AreEqual<T>(expected, inPlace, $"consecutive keys, in place, {what}");

        expected = Expected(any);
        plan.ApplyRows<T>(any, values, apart.AsSpan(1, values.Length));
        Bits.AreEqual<T>([T.Pi, .. expected, T.Pi], apart, $"any keys, {what}");
        if (plan.Rows<T>().CreateLookahead() is { } lookahead)
        {
            apart.AsSpan().Fill(T.Pi);
            for (int row = 0; row < rows; row++)
            {
                Span<T> result = apart.AsSpan(1 + (row * length), length);
                plan.Rows<T>().Apply(in any[row], lookahead, values.AsSpan(row * length, length), result);
            }

            Bits.AreEqual<T>([T.Pi, .. expected, T.Pi], apart, $"any keys, looking ahead, {what}");
        }

        plan.ApplyRows<T>(any, values, values);
        Bits.AreEqual<T>(expected, values, $"any keys, in place, {what}");

        T[] Expected(MaskKey[] keys) =>
            [.. keys.SelectMany((key, i) => ReferenceDropout.Apply<T>(options, key, values.AsSpan(i * length, length)))];
    }
}
