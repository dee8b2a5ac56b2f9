using MLNet.SpatialDropout;
using static TorchSharp.torch;

namespace MLNet.MyApp;

/// <summary>An application whose namespace starts like the package's.</summary>
[TestClass]
public sealed class NamespaceTests
{
    [TestMethod]
    public void A_plan_drops_tensors()
    {
        var plan = DropoutPlan.Create(new DropoutOptions { Channels = 6, Rate = 1, Seed = 7 }, length: 12);
        using Tensor input = ones([2, 2, 6]);
        using Tensor dropped = plan.Apply(input, [new MaskKey(0), new MaskKey(1)]);

        Assert.AreEqual(0, dropped.max().item<float>());
    }
}
