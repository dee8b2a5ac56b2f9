using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Tests;

/// <summary>What autograd must know of the kernels, which change memory behind its back.</summary>
[TestClass]
public sealed class AutogradTests
{
    private const int Steps = 10;
    private const int Channels = 4;

    public static IEnumerable<object[]> AllDevices => Devices.All.Select(device => new object[] { device });

    // d/dx of w x needs x as it was.
    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void A_tensor_that_backward_needs_must_not_be_changed_in_place(string device)
    {
        using var scope = NewDisposeScope();
        Tensor input = rand([6, Steps, Channels], device: torch.device(device));
        Tensor weight = rand([1], device: torch.device(device), requires_grad: true);
        Tensor sum = (input * weight).sum();
        new SpatialDropout1d(0.4, seed: 3, inplace: true).forward(input);

        Assert.Contains("modified by an inplace operation", Assert.Throws<ExternalException>(() => sum.backward()).Message);
    }

    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void A_leaf_that_requires_a_gradient_is_not_changed(string device)
    {
        using var scope = NewDisposeScope();
        Tensor leaf = rand([6, Steps, Channels], device: torch.device(device), requires_grad: true);
        Tensor before = leaf.detach().clone();
        using var layer = new SpatialDropout1d(0.4, seed: 3, inplace: true);

        Assert.Contains("a leaf Variable that requires grad", Assert.Throws<ExternalException>(() => layer.forward(leaf)).Message);
        Assert.IsTrue(before.equal(leaf).all().item<bool>());
    }

    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void A_view_is_changed_in_place_with_the_gradients_of_its_whole(string device)
    {
        using var scope = NewDisposeScope();
        Tensor leaf = rand([6, 2 * Steps, Channels], device: torch.device(device), requires_grad: true);
        Tensor weights = rand([6, 2 * Steps, Channels], device: torch.device(device));
        Tensor Gradient(bool inplace)
        {
            leaf.grad = null;
            using var layer = new SpatialDropout1d(0.4, seed: 3, inplace: inplace);
            Tensor middle = leaf * 2;
            Tensor half = layer.forward(middle.narrow(1, 0, Steps));
            Tensor result = inplace ? middle : cat([half, middle.narrow(1, Steps, Steps)], dim: 1);
            (result * result * weights).sum().backward();
            return leaf.grad!.clone();
        }

        Assert.IsTrue(Gradient(inplace: false).equal(Gradient(inplace: true)).all().item<bool>());
    }

    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void What_comes_out_may_be_changed_in_place(string device)
    {
        using var scope = NewDisposeScope();
        Tensor leaf = rand([6, Steps, Channels], device: torch.device(device), requires_grad: true);
        Tensor output = new SpatialDropout1d(0.5, seed: 3).forward(leaf);
        Tensor mask = output.detach().ne(zeros_like(output.detach()));
        output.relu_().sum().backward();

        Assert.IsTrue(leaf.grad!.equal(mask.to(ScalarType.Float32) * 2).all().item<bool>());
    }

    // A penalty on the gradient, as some networks are trained with. d/dx of (2 x m² w)² is 8 x m⁴ w², m the mask times the scale.
    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void A_gradient_has_a_gradient(string device)
    {
        using var scope = NewDisposeScope();
        Tensor leaf = rand([6, Steps, Channels], ScalarType.Float64, torch.device(device), requires_grad: true);
        Tensor weights = rand([6, Steps, Channels], ScalarType.Float64, torch.device(device));
        Tensor mask = new SpatialDropout1d(0.4, seed: 3).forward(ones_like(weights));
        Tensor output = new SpatialDropout1d(0.4, seed: 3).forward(leaf);
        Tensor gradient = autograd.grad([(output * output * weights).sum()], [leaf], create_graph: true)[0];
        (gradient * gradient).sum().backward();

        Tensor expected = 8 * leaf.detach() * mask.pow(4) * weights * weights;
        Assert.IsTrue(expected.allclose(leaf.grad!));
        Assert.AreNotEqual(0, leaf.grad!.count_nonzero().item<long>());
    }

    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void A_graph_that_is_kept_goes_backward_twice(string device)
    {
        using var scope = NewDisposeScope();
        Tensor leaf = rand([6, Steps, Channels], device: torch.device(device), requires_grad: true);
        Tensor sum = new SpatialDropout1d(0.4, seed: 3).forward(leaf).sum();
        sum.backward(retain_graph: true);
        Tensor once = leaf.grad!.clone();
        sum.backward();

        Assert.IsTrue((once * 2).equal(leaf.grad!).all().item<bool>());
    }

    // The gradient of the first output does not exist, because only the second is used.
    [TestMethod]
    [DynamicData(nameof(AllDevices))]
    public void An_output_that_nothing_uses_has_no_gradient(string device)
    {
        using var scope = NewDisposeScope();
        Tensor leaf = rand([6, Steps, Channels], device: torch.device(device), requires_grad: true);
        new SpatialDropout1d(0.4, seed: 3).forward(leaf);
        Tensor used = new SpatialDropout1d(0, seed: 3).forward(leaf);
        used.sum().backward();

        Assert.IsTrue(leaf.grad!.equal(ones_like(leaf)).all().item<bool>());
    }

    [TestMethod]
    public void A_training_of_10_000_steps_leaves_no_tensor_behind()
    {
        using var network = nn.Sequential(
            ("sensors", new SpatialDropout1d(0.3, ChannelLayout.ChannelsFirst, seed: 1)),
            ("conv", nn.Conv1d(Channels, 3, kernel_size: 3)),
            ("maps", new SpatialDropout1d(0.3, ChannelLayout.ChannelsFirst, seed: 2)),
            ("again", new SpatialDropout1d(0.3, ChannelLayout.ChannelsFirst, seed: 3, inplace: true)));
        using Tensor input = rand(8, Channels, Steps);
        void Step()
        {
            using Tensor output = network.forward(input);
            using Tensor sum = output.sum();
            sum.backward();
        }

        // The first step creates the parameters' gradients.
        Step();
        long before = TensorCase.CountTensors();
        for (int step = 0; step < 10_000; step++)
        {
            Step();
            Assert.AreEqual(before, Tensor.TotalCount);
        }
    }
}
