using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class TorchBackendTests
{
    [TestMethod]
    public void The_default_is_the_cpu()
    {
        TorchBackend backend = TorchBackend.Create(new MLContext());

        Assert.AreEqual("cpu", backend.DeviceName);
        Assert.AreEqual("TorchSharp on cpu", backend.ToString());
        Assert.AreEqual(64, backend.BatchSize);
        Assert.AreEqual(1024, TorchBackend.Create(new MLContext(), batchSize: 1024).BatchSize);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-3)]
    public void Refuses_batches_without_rows(int batchSize)
    {
        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TorchBackend.Create(new MLContext(), batchSize));
        Assert.AreEqual("batchSize", exception.ParamName);
        Assert.Contains($"batchSize must be at least 1, but is {batchSize}.", exception.Message);
    }

    [TestMethod]
    public void Refuses_no_context() => Assert.ThrowsExactly<ArgumentNullException>(() => TorchBackend.Create(null!));

    [TestMethod]
    [DataRow(-1)]
    [DataRow(99)]
    public void A_missing_device_is_refused_with_the_cure(int device)
    {
        var exception = Assert.ThrowsExactly<InvalidOperationException>(
            () => TorchBackend.Create(new MLContext { GpuDeviceId = device }));

        Assert.Contains($"GpuDeviceId is {device}", exception.Message);
        Assert.Contains("FallbackToCpu", exception.Message);
        Assert.Contains("TorchSharp-cuda-linux", exception.Message);
    }

    [TestMethod]
    public void A_missing_device_falls_back_to_the_cpu_where_that_is_allowed_and_says_so()
    {
        var mlContext = new MLContext { GpuDeviceId = 99, FallbackToCpu = true };
        var messages = new List<string>();
        mlContext.Log += (_, message) => messages.Add(message.Message);

        Assert.AreEqual("cpu", TorchBackend.Create(mlContext).DeviceName);
        Assert.Contains(message => message.Contains("GpuDeviceId is 99") && message.Contains("The CPU is used"), messages);
    }
}
