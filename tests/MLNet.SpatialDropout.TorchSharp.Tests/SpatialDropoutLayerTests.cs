using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What all layers have in common: the masks of their noise shape, groups, and what they refuse.</summary>
[TestClass]
public sealed class SpatialDropoutLayerTests
{
    private const int Channels = 5;

    private static readonly int[] Groups = [2, 1, 2];

    public static IEnumerable<object[]> Cases =>
        from device in Devices.All
        from axes in new[] { 1, 2, 3 }
        from layout in Enum.GetValues<ChannelLayout>()
        select new object[] { device, axes, layout };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_masks_are_those_of_the_noise_shape(string device, int axes, ChannelLayout layout)
    {
        using SpatialDropoutLayer layer = LayerCase.Make(axes, 0.4, layout, seed: 5);
        long[] shape = LayerCase.Shape(axes, layout, batch: 9, Channels);
        using Tensor input = TensorCase.Odd(device, shape);
        using Tensor output = layer.forward(input);

        int[] row = [.. shape[1..].Select(size => (int)size)];
        int channelAxis = layout == ChannelLayout.ChannelsLast ? axes : 0;
        DropoutOptions options = new()
        {
            Shape = row,
            NoiseShape = [.. row.Select((size, axis) => axis == channelAxis ? size : 1)],
            Rate = 0.4,
            Scaling = DropoutScaling.Inverted,
            Seed = 5,
        };
        CollectionAssert.AreEqual(shape, output.shape);
        TensorCase.AreEqual<float>(
            TensorCase.Expected(options, TensorCase.Keys(9), TensorCase.Values<float>(input)),
            TensorCase.Values<float>(output), device);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Channels_of_a_group_drop_together(string device, int axes, ChannelLayout layout)
    {
        using SpatialDropoutLayer layer = LayerCase.Make(axes, 0.4, layout, seed: 5, groups: Groups);
        using Tensor input = TensorCase.Odd(device, LayerCase.Shape(axes, layout, batch: 9, Channels));
        using Tensor output = layer.forward(input);

        DropoutOptions options =
            new() { Groups = Groups, Layout = layout, Rate = 0.4, Scaling = DropoutScaling.Inverted, Seed = 5 };
        TensorCase.AreEqual<float>(
            TensorCase.Expected(options, TensorCase.Keys(9), TensorCase.Values<float>(input)),
            TensorCase.Values<float>(output), device);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Half_types_have_the_same_masks(string device, int axes, ChannelLayout layout)
    {
        using SpatialDropoutLayer layer = LayerCase.Make(axes, 0.5, layout, seed: 5, groups: Groups);
        using SpatialDropoutLayer singles = LayerCase.Make(axes, 0.5, layout, seed: 5, groups: Groups);
        using Tensor input = ones(LayerCase.Shape(axes, layout, batch: 9, Channels), device: torch.device(device));
        using Tensor half = input.to(ScalarType.Float16);
        using Tensor output = layer.forward(half);
        using Tensor expected = singles.forward(input);

        using Tensor actual = output.to(ScalarType.Float32);
        CollectionAssert.AreEqual(TensorCase.Values<float>(expected), TensorCase.Values<float>(actual));
    }

    [TestMethod]
    [DataRow(1, ChannelLayout.ChannelsLast, "[batch, time, channels]")]
    [DataRow(1, ChannelLayout.ChannelsFirst, "[batch, channels, time]")]
    [DataRow(2, ChannelLayout.ChannelsLast, "[batch, height, width, channels]")]
    [DataRow(2, ChannelLayout.ChannelsFirst, "[batch, channels, height, width]")]
    [DataRow(3, ChannelLayout.ChannelsLast, "[batch, depth, height, width, channels]")]
    [DataRow(3, ChannelLayout.ChannelsFirst, "[batch, channels, depth, height, width]")]
    public void A_sample_without_a_batch_is_refused_in_training_and_in_evaluation(int axes, ChannelLayout layout, string allowed)
    {
        using SpatialDropoutLayer layer = LayerCase.Make(axes, 0.4, layout);
        long[] shape = LayerCase.Shape(axes, layout, batch: 1, Channels)[1..];
        using Tensor sample = ones(shape);
        foreach (bool training in new[] { true, false })
        {
            layer.train(training);
            var exception = Assert.ThrowsExactly<ArgumentException>(() => layer.forward(sample));
            Assert.AreEqual(
                $"The tensor is of shape [{string.Join(", ", shape)}]; allowed is {allowed}. (Parameter 'input')", exception.Message);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Refuses_channels_that_are_not_those_of_the_groups(string device, int axes, ChannelLayout layout)
    {
        using SpatialDropoutLayer layer = LayerCase.Make(axes, 0.4, layout, groups: Groups);
        using Tensor twice = ones(LayerCase.Shape(axes, layout, batch: 2, 2 * Channels), device: torch.device(device));

        Assert.Contains("5 channels", Assert.ThrowsExactly<ArgumentException>(() => layer.forward(twice)).Message);
    }

    [TestMethod]
    public void Refuses_groups_without_channels()
    {
        foreach (int[] groups in new int[][] { [], [0], [2, -1] })
        {
            var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SpatialDropout2d(groups: groups));
            Assert.StartsWith("Groups must be", exception.Message);
        }
    }

    [TestMethod]
    public void Groups_do_not_change_with_their_array()
    {
        int[] groups = [1, 2];
        using var layer = new SpatialDropout1d(0.25, seed: 6, groups: groups);
        groups[0] = 7;

        CollectionAssert.AreEqual(new[] { 1, 2 }, layer.Groups!.ToArray());
        Assert.AreEqual("SpatialDropout1d(rate=0.25, layout=ChannelsLast, seed=6, inplace=False, groups=[1, 2])", layer.ToString());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void A_resumed_training_goes_on_with_the_masks_it_would_have_had(int axes)
    {
        using SpatialDropoutLayer layer = LayerCase.Make(axes, 0.5, ChannelLayout.ChannelsFirst, persistent: true);
        using SpatialDropoutLayer resumed = LayerCase.Make(axes, 0.5, ChannelLayout.ChannelsFirst, persistent: true);
        using Tensor input = rand(LayerCase.Shape(axes, ChannelLayout.ChannelsFirst, batch: 6, Channels));
        layer.forward(input).Dispose();
        resumed.load_state_dict(layer.state_dict());

        using Tensor expected = layer.forward(input);
        using Tensor actual = resumed.forward(input);
        CollectionAssert.AreEqual(TensorCase.Values<float>(expected), TensorCase.Values<float>(actual));
    }
}
