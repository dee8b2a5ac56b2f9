using Microsoft.ML;
using TorchSharp;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The devices that the tests run on: the CPU, and the first GPU where there is one.</summary>
[TestClass]
public static class Devices
{
    private static readonly Lazy<TorchBackend[]> LazyBackends = new(() => [.. All.Select(MakeBackend)]);

    // Why libtorch does not load here; null where it does.
    private static readonly Lazy<string?> WhyNot = new(TryToLoad);

    private static int _reported;

    public static IEnumerable<string> All => WhyNot.Value is null && HasGpu ? ["cpu", "cuda:0"] : ["cpu"];

    /// <summary>A backend for each device, with batches so small that every test needs several.</summary>
    public static IReadOnlyList<TorchBackend> Backends => LazyBackends.Value;

    private static bool HasGpu => torch.TryInitializeDeviceType(DeviceType.CUDA) && torch.cuda.is_available();

    [GlobalTestInitialize]
    public static void RequireTorch(TestContext context)
    {
        if (WhyNot.Value is { } reason)
            Assert.Inconclusive(Interlocked.Exchange(ref _reported, 1) == 0 ? reason : "libtorch does not load here.");
        context.WriteLine(HasGpu
            ? "On the CPU and on cuda:0."
            : "On the CPU alone: TorchSharp finds no CUDA device here.");
    }

    private static string? TryToLoad()
    {
        try
        {
            TorchBackend.Create(new MLContext());
            return null;
        }
        catch (NotSupportedException exception)
        {
            return exception.Message;
        }
    }

    private static TorchBackend MakeBackend(string device) =>
        TorchBackend.Create(new MLContext { GpuDeviceId = device == "cpu" ? null : 0 }, batchSize: 5);
}
