using Microsoft.ML;
using static TorchSharp.torch;
using Bits = MLNet.SpatialDropout.Tests.Bits;
using Devices = MLNet.SpatialDropout.Tests.Devices;
using PublicApiTests = MLNet.SpatialDropout.Tests.PublicApiTests;
using SensorRow = MLNet.SpatialDropout.Tests.SensorRow;
using TensorCase = MLNet.SpatialDropout.Tests.TensorCase;
using ViewRows = MLNet.SpatialDropout.Tests.ViewRow<float>;

// A separate namespace, so that the examples read as they would in an application.
namespace MLNet.SpatialDropout.Examples;

/// <summary>The examples in the documentation of this package's members; see <see cref="PublicApiTests"/>.</summary>
[TestClass]
public sealed class TorchExamples
{
    private const int Length = 128 * 6;

    private static readonly DropoutPlan Plan =
        DropoutPlan.Create(new DropoutOptions { Channels = 6, Rate = 0.3, Seed = 7 }, Length);

    [TestMethod]
    public void Function_and_masks()
    {
        using Tensor batch = rand([2, 128, 6]);
        DropoutPlan plan = Plan;
        MaskKey[] keys = [new(0), new(1)];

        // snippet: torch_function
        using Tensor dropped = plan.Apply(batch, keys);   // always drops: a plan has no training flag
        using Tensor keep = plan.DrawMask(keys);          // false for the channels that were dropped
        // end

        using Tensor expected = batch * keep;
        Bits.AreEqual<float>(TensorCase.Values<float>(expected), TensorCase.Values<float>(dropped));
    }

    [TestMethod]
    public void Function_apply()
    {
        using Tensor batch = rand([3, 128, 6]);
        ulong[] ids = [7, 8, 42];

        // snippet: torch_apply
        var plan = DropoutPlan.Create(new DropoutOptions { Channels = 6, Rate = 0.3, Seed = 7 }, length: 128 * 6);
        MaskKey[] keys = [.. ids.Select(id => new MaskKey(id))];
        using Tensor dropped = plan.Apply(batch, keys);   // batch: [rows, 128, 6]
        // end

        float[] expected = TensorCase.Values<float>(batch);
        plan.ApplyRows(keys, expected, expected);
        Bits.AreEqual<float>(expected, TensorCase.Values<float>(dropped));
    }

    [TestMethod]
    public void Function_draw_mask()
    {
        DropoutPlan plan = Plan;

        // snippet: torch_draw_mask
        using Tensor keep = plan.DrawMask([new MaskKey(0), new MaskKey(1)]);   // [2, 1, 6] for 6 channels, channels last
        // end

        CollectionAssert.AreEqual(new long[] { 2, 1, 6 }, keep.shape);
    }

    [TestMethod]
    public void Layer()
    {
        using Tensor recordings = rand([8, 6, 100]);

        // snippet: torch_layer
        var network = nn.Sequential(
            ("conv1", nn.Conv1d(6, 32, kernel_size: 5)),
            ("relu1", nn.ReLU()),
            ("dropout", new SpatialDropout1d(rate: 0.3, ChannelLayout.ChannelsFirst)),   // Conv1d has channels first
            ("conv2", nn.Conv1d(32, 32, kernel_size: 5)));
        // end

        using (network)
        using (Tensor maps = network.forward(recordings))
            CollectionAssert.AreEqual(new long[] { 8, 32, 92 }, maps.shape);
    }

    [TestMethod]
    public void Layers_in_common()
    {
        using Tensor images = rand([8, 3, 16, 16]);

        // snippet: torch_layers
        SpatialDropoutLayer layer = new SpatialDropout2d(rate: 0.3, ChannelLayout.ChannelsFirst);
        using Tensor dropped = layer.forward(images);   // [batch, channels, height, width]
        // end

        using (layer)
            Assert.AreEqual(8, layer.SamplesSeen);
    }

    [TestMethod]
    public void Layer_2d()
    {
        using Tensor images = rand([8, 3, 16, 16]);

        // snippet: torch_layer_2d
        var network = nn.Sequential(
            ("conv1", nn.Conv2d(3, 16, kernel_size: 3)),
            ("relu1", nn.ReLU()),
            ("dropout", new SpatialDropout2d(rate: 0.3, ChannelLayout.ChannelsFirst)),   // Conv2d has channels first
            ("conv2", nn.Conv2d(16, 16, kernel_size: 3)));
        // end

        using (network)
        using (Tensor maps = network.forward(images))
            CollectionAssert.AreEqual(new long[] { 8, 16, 12, 12 }, maps.shape);
    }

    [TestMethod]
    public void Layer_3d()
    {
        using Tensor volumes = rand([20, 4, 4, 4, 3]);

        // snippet: torch_layer_3d
        var layer = new SpatialDropout3d(rate: 0.3, groups: [2, 1]);   // the first two of three channels drop together
        using Tensor dropped = layer.forward(volumes);                 // [batch, depth, height, width, 3]
        // end

        using Tensor lost = dropped.eq(zeros_like(dropped));
        using Tensor first = lost.select(-1, 0);
        using Tensor second = lost.select(-1, 1);
        layer.Dispose();
        Assert.IsTrue(first.equal(second).all().item<bool>() && first.any().item<bool>());
    }

    [TestMethod]
    public void Layer_seed()
    {
        manual_seed(1);
        using var layer = new SpatialDropout1d(rate: 0.3);
        int seed = layer.Seed;   // drawn from TorchSharp's generator: the same in every run
        manual_seed(1);
        using var again = new SpatialDropout1d(rate: 0.3);
        Assert.AreEqual(seed, again.Seed);
        using var other = new SpatialDropout1d(rate: 0.3);
        Assert.AreNotEqual(seed, other.Seed);
    }

    [TestMethod]
    public void Layer_samples()
    {
        using var layer = new SpatialDropout1d(rate: 0.3);
        using Tensor batch = ones([16, 128, 6]);

        using Tensor first = layer.forward(batch);
        long seen = layer.SamplesSeen;                    // 16 after a batch of 16: the mask key of the next sample
        using Tensor second = layer.forward(batch);   // with other losses than the first time
        Assert.AreEqual(16, seen);
        Assert.IsFalse(first.equal(second).all().item<bool>());
    }

    [TestMethod]
    public void Layer_forward()
    {
        using var layer = new SpatialDropout1d(rate: 0.3);
        using Tensor batch = ones([16, 128, 6]);

        // snippet: torch_layer_forward
        layer.train();
        using Tensor dropped = layer.forward(batch);   // each sample without the channels that it lost
        layer.eval();
        using Tensor plain = layer.forward(batch);     // as it came in
        // end

        Assert.IsTrue(IsLostForAllSteps(dropped, dimensionOfTime: 1));
        Assert.AreEqual(0, dropped.min().item<float>());
        Assert.IsTrue(batch.equal(plain).all().item<bool>());
    }

    [TestMethod]
    public void Backend()
    {
        var mlContext = new MLContext(seed: 1);

        // snippet: torch_backend
        mlContext.GpuDeviceId = 0;
        mlContext.FallbackToCpu = true;
        var stage = mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = "Features",
            Channels = 6,
            Backend = TorchBackend.Create(mlContext),
        });
        // end

        Assert.IsInstanceOfType<TorchBackend>(stage.Options.Backend);
    }

    [TestMethod]
    public void Backend_of_options()
    {
        var mlContext = new MLContext(seed: 1);

        // snippet: torch_backend_options
        var backend = TorchBackend.Create(mlContext);
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Backend = backend };
        // end

        Assert.AreSame(backend, mlContext.Transforms.SpatialDropout(options).Options.Backend);
    }

    [TestMethod]
    public void Backend_as_an_option()
    {
        var mlContext = new MLContext(seed: 1);
        var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Seed = 7 };

        var onDevice = options with { Backend = TorchBackend.Create(mlContext) };   // the same values, computed by TorchSharp
        SensorRow[] rows = SensorRow.Generate(30);
        IDataView data = mlContext.Data.LoadFromEnumerable(rows);
        ViewRows.AreEqual(
            ViewRows.Read(mlContext.Data.SpatialDropout(data, options)),
            ViewRows.Read(mlContext.Data.SpatialDropout(data, onDevice)));
    }

    [TestMethod]
    public void Backend_for_a_context()
    {
        // snippet: torch_backend_for
        var onCpu = TorchBackend.Create(new MLContext());
        var onGpu = TorchBackend.Create(new MLContext { GpuDeviceId = 0, FallbackToCpu = true });   // the CPU if there is no GPU
        // end

        Assert.AreEqual("cpu", onCpu.DeviceName);
        Assert.AreEqual(Devices.All.Last(), onGpu.DeviceName);
    }

    [TestMethod]
    public void Backend_device_name()
    {
        var mlContext = new MLContext { GpuDeviceId = 0, FallbackToCpu = true };
        var backend = TorchBackend.Create(mlContext);

        bool isOnGpu = backend.DeviceName.StartsWith("cuda");   // false where the CPU stands in
        Assert.AreEqual(Devices.All.Contains("cuda:0"), isOnGpu);
    }

    [TestMethod]
    public void Backend_apply()
    {
        var backend = TorchBackend.Create(new MLContext());
        DropoutPlan plan = Plan;
        float[] batch = [.. Enumerable.Range(1, 2 * Length)];
        float[] expected = [.. batch];

        // snippet: torch_backend_apply
        MaskKey[] keys = [new(0), new(1)];
        backend.Apply(plan, keys, batch, batch);   // plan.ApplyRows(keys, batch, batch), on the device
        // end

        plan.ApplyRows(keys, expected, expected);
        Bits.AreEqual<float>(expected, batch);
    }

    [TestMethod]
    public void Backend_text()
    {
        Console.WriteLine(TorchBackend.Create(new MLContext()));   // TorchSharp on cpu
        Assert.AreEqual("TorchSharp on cpu", TorchBackend.Create(new MLContext()).ToString());
    }

    // For each sample and channel, all steps are 0 or none is; both happen.
    private static bool IsLostForAllSteps(Tensor dropped, int dimensionOfTime)
    {
        using var scope = NewDisposeScope();
        Tensor lost = dropped == 0;
        return lost.all(dimensionOfTime).equal(lost.any(dimensionOfTime)).all().item<bool>()
            && lost.any().item<bool>() && !lost.all().item<bool>();
    }
}
