using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Masks, shapes and kernels together, on every instruction set: 1 to 70 channels, and all lengths up to 200.
/// </summary>
[TestClass]
public sealed class PlanKernelTests
{
    private static readonly DropoutOptions[] Variants =
    [
        new() { Rate = 0.4, Seed = 7, Scaling = DropoutScaling.Inverted },
        new() { Rate = 0.4, Seed = 7, Scaling = DropoutScaling.None },
        new() { Rate = 0.4, Seed = 7, Fill = DropoutFill.Missing },
        new() { DroppedChannels = (1, 1), MinKept = 1, RowProbability = 0.8, Seed = 7, Fill = DropoutFill.Constant(-3) },
    ];

    [TestMethod]
    [DataRow(ChannelLayout.ChannelsLast)]
    [DataRow(ChannelLayout.ChannelsFirst)]
    public void Singles(ChannelLayout layout) => EqualsTheReference<float>(layout);

    [TestMethod]
    [DataRow(ChannelLayout.ChannelsLast)]
    [DataRow(ChannelLayout.ChannelsFirst)]
    public void Doubles(ChannelLayout layout) => EqualsTheReference<double>(layout);

    /// <summary>Groups of every size from 0 on, few and many, on all lengths that fit.</summary>
    [TestMethod]
    [DataRow(ChannelLayout.ChannelsLast)]
    [DataRow(ChannelLayout.ChannelsFirst)]
    public void Groups(ChannelLayout layout)
    {
        for (int count = 1; count <= 40; count++)
        {
            int[] sizes = [.. Enumerable.Range(1, count).Select(group => group * count % 4)];
            foreach (int[] groups in new[] { [.. sizes, 1], [.. sizes, 130, 2], (int[])[.. Enumerable.Repeat(1, count)] })
            {
                double[] rates = [.. Enumerable.Range(0, groups.Length).Select(group => group * 37 % 11 / 12.0)];
                DropoutOptions byGroup = new() { Rates = rates, Seed = 7, Scaling = DropoutScaling.Inverted };
                for (int length = groups.Sum(); length <= 200; length += groups.Sum())
                {
                    foreach (DropoutOptions variant in Variants.Append(byGroup))
                    {
                        DropoutOptions options = variant with { Groups = groups, Layout = layout };
                        Equals<float>(options, new MaskKey((ulong)length), length);
                        Equals<double>(options, new MaskKey((ulong)length), length);
                    }
                }
            }
        }
    }

    [TestMethod]
    public void Groups_of_one_channel_each_are_channels()
    {
        DropoutPlan groups = DropoutPlan.Create(Variants[0] with { Groups = [1, 1, 1, 1, 1] }, 20);
        DropoutPlan channels = DropoutPlan.Create(Variants[0] with { Channels = 5 }, 20);
        float[] ones = [.. Enumerable.Repeat(1f, 20)];
        for (ulong row = 0; row < 100; row++)
        {
            float[] byGroups = new float[20], byChannels = new float[20];
            groups.Apply(new MaskKey(row), ones, byGroups);
            channels.Apply(new MaskKey(row), ones, byChannels);
            Bits.AreEqual<float>(byChannels, byGroups);
        }
    }

    // Plain dropout: up to several vectors of coins, with every remainder.
    [TestMethod]
    public void A_coin_for_each_element()
    {
        DropoutOptions[] extremes = [Variants[0] with { Rate = 1 }, Variants[0] with { Rate = 0 }];
        foreach (DropoutOptions variant in Variants.Concat(extremes))
        {
            for (int length = 1; length <= 200; length++)
            {
                DropoutOptions options = variant with { PerElement = true };
                foreach (MaskKey row in new[] { new MaskKey((ulong)length), new MaskKey(ulong.MaxValue, (ulong)length, 3) })
                {
                    Equals<float>(options, row, length);
                    Equals<double>(options, row, length);
                    Equals<float>(options with { SharedAcrossRows = true }, row, length);
                }
            }
        }
    }

    internal static void Equals<T>(DropoutOptions options, MaskKey row, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DropoutPlan plan = DropoutPlan.Create(options, length);
        T[] values = OddValues.Row<T>(length, start: length);
        T[] expected = ReferenceDropout.Apply<T>(options, row, values);
        T[] apart = [.. Enumerable.Repeat(T.Pi, length + 2)];
        string what = $"{typeof(T).Name}, {row}, length {length}, {options}:";

        plan.Apply<T>(row, values, apart.AsSpan(1, length));
        Bits.AreEqual<T>([T.Pi, .. expected, T.Pi], apart, what);

        plan.Apply<T>(row, values, values);
        Bits.AreEqual<T>(expected, values, $"in place, {what}");
    }

    private static void EqualsTheReference<T>(ChannelLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int channels = 1; channels <= 70; channels++)
        {
            double[] rates = [.. Enumerable.Range(0, channels).Select(channel => channel * 37 % 11 / 12.0)];
            DropoutOptions byChannel = new() { Rates = rates, Seed = 7, Scaling = DropoutScaling.Inverted };
            for (int length = channels; length <= 200; length += channels)
            {
                foreach (DropoutOptions variant in Variants.Append(byChannel))
                {
                    DropoutOptions options = variant with { Channels = channels, Layout = layout };
                    var row = new MaskKey((ulong)length);
                    T[] values = OddValues.Row<T>(length, start: channels);
                    T[] expected = ReferenceDropout.Apply<T>(options, row, values);

                    DropoutPlan.Create(options, length).Apply<T>(row, values, values);
                    Bits.AreEqual<T>(expected, values, $"{typeof(T).Name}, {channels} channels, length {length}, {options}:");
                }
            }
        }
    }
}
