using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

[TestClass]
public sealed class TorchBackendTests
{
    [TestMethod]
    public void The_default_is_the_cpu()
    {
        TorchBackend backend = TorchBackend.For(new MLContext());

        Assert.AreEqual("cpu", backend.DeviceName);
        Assert.AreEqual("TorchSharp on cpu", backend.ToString());
        Assert.AreEqual(TorchBackend.DefaultBatchRows, backend.BatchRows);
        Assert.AreEqual(1024, TorchBackend.DefaultBatchRows);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-3)]
    public void Refuses_batches_without_rows(int batchRows)
    {
        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TorchBackend.For(new MLContext(), batchRows));
        Assert.AreEqual("batchRows", exception.ParamName);
        Assert.Contains($"batchRows must be at least 1, but is {batchRows}.", exception.Message);
    }

    [TestMethod]
    public void Refuses_no_context() => Assert.ThrowsExactly<ArgumentNullException>(() => TorchBackend.For(null!));

    [TestMethod]
    [DataRow(-1)]
    [DataRow(99)]
    public void A_missing_device_is_refused_with_the_cure(int device)
    {
        var exception = Assert.ThrowsExactly<InvalidOperationException>(
            () => TorchBackend.For(new MLContext { GpuDeviceId = device }));

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

        Assert.AreEqual("cpu", TorchBackend.For(mlContext).DeviceName);
        Assert.Contains(message => message.Contains("GpuDeviceId is 99") && message.Contains("The CPU stands in"), messages);
    }
}
