using Microsoft.ML;
using static TorchSharp.torch;
using Bits = MLNet.SpatialDropout.Tests.Bits;
using Devices = MLNet.SpatialDropout.Tests.Devices;
using PublicApiTests = MLNet.SpatialDropout.Tests.PublicApiTests;
using SensorRow = MLNet.SpatialDropout.Tests.SensorRow;
using TensorCase = MLNet.SpatialDropout.Tests.TensorCase;
using ViewRows = MLNet.SpatialDropout.Tests.ViewRow<float>;

// Not the namespace of the other tests, where BackendCatalog puts a backend of its own into the options.
namespace MLNet.SpatialDropout.Examples;

/// <summary>The examples in the documentation of this package's members; see <see cref="PublicApiTests"/>.</summary>
[TestClass]
public sealed class TorchExamples
{
    private const int Length = 128 * 6;

    private static readonly DropoutPlan Plan =
        DropoutPlan.Create(new SpatialDropoutOptions { Channels = 6, Rate = 0.3, Seed = 7 }, Length);

    [TestMethod]
    public void Function_and_masks()
    {
        using Tensor batch = rand([2, 128, 6]);
        DropoutPlan plan = Plan;
        MaskKey[] keys = [new(0), new(1)];

        // snippet: torch_function
        using Tensor dropped = SpatialDropout.Apply(batch, plan, keys);   // always drops, without a layer
        using Tensor keep = plan.DrawMask(keys);                          // where it did not
        // end

        using Tensor expected = batch * keep * plan.GetScale(0);
        Bits.AreEqual<float>(TensorCase.Values<float>(expected), TensorCase.Values<float>(dropped));
    }

    [TestMethod]
    public void Function_apply()
    {
        using Tensor batch = rand([3, 128, 6]);
        ulong[] ids = [7, 8, 42];

        // snippet: torch_apply
        var plan = DropoutPlan.Create(new SpatialDropoutOptions { Channels = 6, Rate = 0.3, Seed = 7 }, length: 128 * 6);
        MaskKey[] keys = [.. ids.Select(id => new MaskKey(id))];
        using Tensor dropped = SpatialDropout.Apply(batch, plan, keys);   // batch: [rows, 128, 6]
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
        using Tensor keep = plan.DrawMask([new MaskKey(0), new MaskKey(1)]);   // [2, 1, 6] for 6 channels, time first
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
    public void Layer_constructor()
    {
        // snippet: torch_layer_new
        using var sensors = new SpatialDropout1d(rate: 0.3, seed: 7);                    // for [batch, time, channels]
        using var maps = new SpatialDropout1d(rate: 0.1, ChannelLayout.ChannelsFirst);   // for what Conv1d gives, or takes
        // end

        using Tensor recordings = rand([64, 128, 6]) + 1;
        using Tensor dropped = sensors.forward(recordings);
        using Tensor series = maps.forward(recordings.transpose(1, 2));
        Assert.IsTrue(IsLostForAllSteps(dropped, dimensionOfTime: 1));
        Assert.IsTrue(IsLostForAllSteps(series, dimensionOfTime: 2));
    }

    [TestMethod]
    public void Layer_rate()
    {
        using var layer = new SpatialDropout1d(rate: 0.3);

        // snippet: torch_layer_rate
        double scale = 1 / (1 - layer.Rate);   // of what is kept
        // end

        using Tensor input = ones([16, 128, 6]);
        using Tensor dropped = layer.forward(input);
        Assert.AreEqual(scale, dropped.max().item<float>(), 1e-6);
    }

    [TestMethod]
    public void Layer_layout()
    {
        using var layer = new SpatialDropout1d(layout: ChannelLayout.ChannelsFirst);

        // snippet: torch_layer_layout
        int channelAxis = layer.Layout == ChannelLayout.ChannelsLast ? 2 : 1;   // of the input that the layer expects
        // end

        using Tensor input = ones([16, 6, 128]);
        using Tensor dropped = layer.forward(input);
        Assert.IsTrue(IsLostForAllSteps(dropped, dimensionOfTime: 3 - channelAxis));
        Assert.IsFalse(IsLostForAllSteps(dropped, dimensionOfTime: channelAxis));
    }

    [TestMethod]
    public void Layer_inplace()
    {
        using Tensor input = ones([16, 128, 6]);

        // snippet: torch_layer_inplace
        using var layer = new SpatialDropout1d(rate: 0.3, inplace: true);
        using Tensor dropped = layer.forward(input);   // input itself has changed: layer.Inplace is true
        // end

        Assert.IsTrue(layer.Inplace);
        Assert.IsTrue(input.equal(dropped).all().item<bool>());
        Assert.AreEqual(0, input.min().item<float>());
    }

    [TestMethod]
    public void Layer_seed()
    {
        // snippet: torch_layer_seed
        manual_seed(1);
        using var layer = new SpatialDropout1d(rate: 0.3);
        int seed = layer.Seed;   // drawn from TorchSharp's generator: the same in every run
        // end

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

        // snippet: torch_layer_samples
        using Tensor first = layer.forward(batch);
        long seen = layer.Samples;                    // 16 after a batch of 16: the row key of the next sample
        using Tensor second = layer.forward(batch);   // with other losses than the first time
        // end

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
    public void Layer_text()
    {
        // snippet: torch_layer_text
        using var layer = new SpatialDropout1d(rate: 0.3, seed: 7);
        Console.WriteLine(layer);   // SpatialDropout1d(rate=0.3, layout=ChannelsLast, seed=7, inplace=False)
        // end

        Assert.AreEqual("SpatialDropout1d(rate=0.3, layout=ChannelsLast, seed=7, inplace=False)", layer.ToString());
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

        // snippet: torch_backend_option
        var onDevice = options with { Backend = TorchBackend.Create(mlContext) };   // the same values, computed by TorchSharp
        // end

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
        var onGpu = TorchBackend.Create(new MLContext { GpuDeviceId = 0, FallbackToCpu = true });   // the CPU where there is none
        // end

        Assert.AreEqual("cpu", onCpu.DeviceName);
        Assert.AreEqual(Devices.All.Last(), onGpu.DeviceName);
    }

    [TestMethod]
    public void Backend_default_batch_rows()
    {
        var mlContext = new MLContext();

        // snippet: torch_backend_default_rows
        // Rows are four times shorter than usual here: four times as many go together.
        var backend = TorchBackend.Create(mlContext, batchSize: 4 * TorchBackend.DefaultBatchSize);
        // end

        Assert.AreEqual(4096, backend.BatchSize);
    }

    [TestMethod]
    public void Backend_batch_rows()
    {
        var mlContext = new MLContext();

        // snippet: torch_backend_rows
        int rows = TorchBackend.Create(mlContext, batchSize: 256).BatchSize;   // 256
        // end

        Assert.AreEqual(256, rows);
    }

    [TestMethod]
    public void Backend_device_name()
    {
        var mlContext = new MLContext { GpuDeviceId = 0, FallbackToCpu = true };
        var backend = TorchBackend.Create(mlContext);

        // snippet: torch_backend_device
        bool isOnGpu = backend.DeviceName.StartsWith("cuda");   // false where the CPU stands in
        // end

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
        // snippet: torch_backend_text
        Console.WriteLine(TorchBackend.Create(new MLContext()));   // TorchSharp on cpu
        // end

        Assert.AreEqual("TorchSharp on cpu", TorchBackend.Create(new MLContext()).ToString());
    }

    // Whether along time all values are 0, or none is: for each sample and channel, and both for some.
    private static bool IsLostForAllSteps(Tensor dropped, int dimensionOfTime)
    {
        using var scope = NewDisposeScope();
        Tensor lost = dropped == 0;
        return lost.all(dimensionOfTime).equal(lost.any(dimensionOfTime)).all().item<bool>()
            && lost.any().item<bool>() && !lost.all().item<bool>();
    }
}
