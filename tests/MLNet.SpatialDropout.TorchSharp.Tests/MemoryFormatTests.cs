using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Tensors keep their strides, as with TorchSharp's own dropout, and have the values of contiguous ones.</summary>
[TestClass]
public sealed class MemoryFormatTests
{
    // Orders of the axes in memory: contiguous, channels-last, the batch innermost, channels in the middle.
    public static IEnumerable<object[]> Cases =>
        from device in Devices.All
        from type in new[] { ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16 }
        from layout in Enum.GetValues<ChannelLayout>()
        from order in new int[][]
        {
            [0, 1, 2], [0, 2, 1], [1, 2, 0], [0, 1, 2, 3], [0, 2, 3, 1], [0, 3, 1, 2], [3, 1, 0, 2], [0, 3, 2, 1],
            [0, 1, 2, 3, 4], [0, 2, 3, 4, 1], [0, 4, 1, 2, 3],
        }
        select new object[] { device, type, layout, order };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Of_a_layer(string device, ScalarType type, ChannelLayout layout, int[] order)
    {
        using var scope = NewDisposeScope();
        int axes = order.Length - 2;
        Tensor values = rand(LayerCase.Shape(axes, layout, batch: 6, channels: 5)).to(type).to(torch.device(device));
        Tensor input = Ordered(values, order);
        Tensor expected = LayerCase.Make(axes, 0.4, layout, seed: 3).forward(values);

        Tensor output = LayerCase.Make(axes, 0.4, layout, seed: 3).forward(input);
        AreEqual(expected, output);
        CollectionAssert.AreEqual(nn.Dropout(0.4).forward(input).stride(), output.stride());

        Tensor leaf = Ordered(values, order).requires_grad_(true);
        Tensor differentiable = LayerCase.Make(axes, 0.4, layout, seed: 3).forward(leaf);
        AreEqual(expected, differentiable);
        CollectionAssert.AreEqual(output.stride(), differentiable.stride());
        differentiable.sum().backward();
        AreEqual(LayerCase.Make(axes, 0.4, layout, seed: 3).forward(ones_like(values)), leaf.grad!);

        Tensor changed = LayerCase.Make(axes, 0.4, layout, seed: 3, inplace: true).forward(input);
        AreEqual(expected, input);
        AreEqual(expected, changed);
        CollectionAssert.AreEqual(output.stride(), changed.stride());
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Of_the_function(string device, ScalarType type, ChannelLayout layout, int[] order)
    {
        using var scope = NewDisposeScope();
        long[] shape = LayerCase.Shape(order.Length - 2, layout, batch: 6, channels: 5);
        Tensor values = rand(shape).to(type).to(torch.device(device));
        Tensor input = Ordered(values, order);
        var plan = DropoutPlan.Create(
            new DropoutOptions { Channels = 5, Layout = layout, Rate = 0.4, Seed = 3 }, (int)(values.numel() / 6));

        Tensor output = plan.Apply(input, TensorCase.Keys(6));
        AreEqual(plan.Apply(values, TensorCase.Keys(6)), output);
        CollectionAssert.AreEqual(nn.Dropout(0.4).forward(input).stride(), output.stride());
    }

    // Every second step of a longer recording: the elements between them must not change.
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_slice_is_dropped_and_what_lies_between_stays(bool inplace)
    {
        using var scope = NewDisposeScope();
        Tensor whole = rand(6, 8, 5);
        Tensor before = whole.clone();
        Tensor slice = whole.slice(1, 0, 8, 2);
        Tensor expected = new SpatialDropout1d(0.4, seed: 3).forward(slice.clone());

        Tensor output = new SpatialDropout1d(0.4, seed: 3, inplace: inplace).forward(slice);
        AreEqual(expected, output);
        AreEqual(before.slice(1, 1, 8, 2), whole.slice(1, 1, 8, 2));
        AreEqual(inplace ? expected : before.slice(1, 0, 8, 2), slice);
    }

    private static Tensor Ordered(Tensor values, int[] order)
    {
        long[] axes = [.. order.Select(axis => (long)axis)];
        long[] back = [.. axes.Select((_, axis) => (long)Array.IndexOf(order, axis))];
        return values.permute(axes).clone().contiguous().permute(back).detach();
    }

    private static void AreEqual(Tensor expected, Tensor actual)
    {
        CollectionAssert.AreEqual(expected.shape, actual.shape);
        Assert.IsTrue(expected.equal(actual).all().item<bool>());
    }
}
