using Microsoft.ML;
using TorchSharp;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The devices that the tests run on: the CPU, and the first GPU where there is one.</summary>
[TestClass]
public static class Devices
{
    private static readonly Lazy<TorchBackend[]> LazyBackends = new(() => [.. All.Select(MakeBackend)]);

    private static string? _whyNot;

    public static IEnumerable<string> All => HasGpu ? ["cpu", "cuda:0"] : ["cpu"];

    /// <summary>A backend for each device, with batches so small that every test needs several.</summary>
    public static IReadOnlyList<TorchBackend> Backends => LazyBackends.Value;

    private static bool HasGpu => torch.TryInitializeDeviceType(DeviceType.CUDA) && torch.cuda.is_available();

    [AssemblyInitialize]
    public static void Load(TestContext context)
    {
        try
        {
            TorchBackend.For(new MLContext());
        }
        catch (NotSupportedException exception)
        {
            _whyNot = exception.Message;
            return;
        }

        context.WriteLine(HasGpu
            ? "On the CPU and on cuda:0."
            : "On the CPU alone: TorchSharp finds no CUDA device here.");
    }

    [GlobalTestInitialize]
    public static void RequireTorch(TestContext context)
    {
        if (_whyNot is not null)
            Assert.Inconclusive(_whyNot);
    }

    private static TorchBackend MakeBackend(string device) =>
        TorchBackend.For(new MLContext { GpuDeviceId = device == "cpu" ? null : 0 }, batchRows: 5);
}
