using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The layer adds nothing to state_dict unless it is asked to.</summary>
[TestClass]
public sealed class LayerStateTests
{
    [TestMethod]
    public void States_load_strictly_to_and_from_a_network_with_PyTorchs_layer()
    {
        using nn.Module<Tensor, Tensor> ours = Network(new SpatialDropout1d(0.5, ChannelLayout.ChannelsFirst));
        using nn.Module<Tensor, Tensor> theirs = Network(nn.Dropout1d(0.5));
        using Tensor input = rand([2, 6, 20]);

        ours.load_state_dict(theirs.state_dict(), strict: true);
        AssertEqualOutputs();
        using (no_grad())
            ((nn.Module)ours).get_parameter("conv.bias")!.add_(1);
        theirs.load_state_dict(ours.state_dict(), strict: true);
        AssertEqualOutputs();

        void AssertEqualOutputs()
        {
            ours.eval();
            theirs.eval();
            using Tensor output = ours.forward(input);
            using Tensor expected = theirs.forward(input);
            Assert.IsTrue(output.equal(expected).all().item<bool>());
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void State_dict_has_the_masks_if_it_is_asked_to(bool persistent)
    {
        using nn.Module<Tensor, Tensor> network = Network(new SpatialDropout1d(0.5, seed: 3, persistent: persistent));

        Assert.AreEqual(persistent, network.state_dict().ContainsKey("dropout.masks"));
    }

    [TestMethod]
    public void A_layer_can_be_shown_after_it_was_disposed()
    {
        var layer = new SpatialDropout1d(0.25, seed: 6);
        layer.Dispose();

        Assert.AreEqual("SpatialDropout1d(rate=0.25, layout=ChannelsLast, seed=disposed, inplace=False)", layer.ToString());
    }

    private static nn.Module<Tensor, Tensor> Network(nn.Module<Tensor, Tensor> dropout) =>
        nn.Sequential(("conv", nn.Conv1d(6, 4, kernel_size: 5)), ("dropout", dropout));
}
