using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The code of this package in README and guides, run as it is printed there. A snippet is the code between its two marks.
/// </summary>
[TestClass]
public sealed class TorchSnippets
{
    [TestMethod]
    public void Layer()
    {
        using Tensor recordings = rand([8, 6, 100]);

        // snippet: layer
        using var network = nn.Sequential(
            ("sensors", new SpatialDropout1d(rate: 0.3, ChannelLayout.ChannelsFirst)),   // [batch, channels, time], as Conv1d
            ("conv1", nn.Conv1d(6, 32, kernel_size: 5)),
            ("relu1", nn.ReLU()),
            ("maps", new SpatialDropout1d(rate: 0.3, ChannelLayout.ChannelsFirst)),
            ("conv2", nn.Conv1d(32, 32, kernel_size: 5)));

        network.train();   // drops; network.eval() does not
        using Tensor maps = network.forward(recordings);
        // end

        CollectionAssert.AreEqual(new long[] { 8, 32, 92 }, maps.shape);
        Assert.IsFalse(network.state_dict().ContainsKey("maps.masks"));
    }

    [TestMethod]
    public void Program_of_the_documents()
    {
        TextWriter console = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            Quickstart.Main();
        }
        finally
        {
            Console.SetOut(console);
        }

        console.Write(output);
        double[] accuracies = [.. output.ToString().Split('\n').Where(line => line.Contains('%'))
            .Select(line => double.Parse(line.Split(':')[1].Replace("%", "", StringComparison.Ordinal).Trim()))];
        Assert.HasCount(2, accuracies);
        Assert.IsTrue(accuracies.All(accuracy => accuracy > 75), output.ToString());
    }

    [TestMethod]
    public void Layers()
    {
        using Tensor images = rand([8, 16, 32, 32]);
        using Tensor wearables = rand([8, 128, 7]);

        // snippet: layers
        using var maps = new SpatialDropout2d(rate: 0.3, ChannelLayout.ChannelsFirst);   // [batch, channels, height, width]
        using var sensors = new SpatialDropout1d(rate: 0.3, groups: [3, 3, 1]);          // [batch, time, 7]: three sensors
        // end

        using Tensor dropped = maps.forward(images);
        using Tensor lost = sensors.forward(wearables);
        CollectionAssert.AreEqual(images.shape, dropped.shape);
        CollectionAssert.AreEqual(wearables.shape, lost.shape);
    }

    [TestMethod]
    public void Functional()
    {
        using Tensor batch = rand([3, 128, 6]);
        ulong[] ids = [7, 8, 42];

        // snippet: functional
        var plan = DropoutPlan.Create(new DropoutOptions { Channels = 6, Rate = 0.3, Seed = 7 }, length: 128 * 6);
        MaskKey[] keys = [.. ids.Select(id => new MaskKey(id))];

        using Tensor dropped = plan.Apply(batch, keys);   // batch: [rows, 128, 6]
        using Tensor keep = plan.DrawMask(keys);          // [rows, 1, 6], true where a channel is kept
        // end

        using Tensor expected = batch * keep;
        Bits.AreEqual<float>(TensorCase.Values<float>(expected), TensorCase.Values<float>(dropped));
    }

    [TestMethod]
    public void Backend()
    {
        // snippet: backend
        var mlContext = new MLContext(seed: 1) { GpuDeviceId = 0, FallbackToCpu = true };
        var stage = mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 6,
            Rate = 0.3,
            Backend = TorchBackend.Create(mlContext, batchSize: 4096),
        });
        // end

        Assert.AreEqual(0.3, stage.Options.Rate);
    }
}
