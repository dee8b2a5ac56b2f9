using Microsoft.ML;
using TorchSharp;

namespace MLNet.SpatialDropout.Tests;

/// <summary>The devices that the tests run on: the CPU, and the first GPU if there is one.</summary>
[TestClass]
public static class Devices
{
    private static readonly Lazy<TorchBackend[]> LazyBackends = new(() => [.. All.Select(MakeBackend)]);

    private static readonly Lazy<string?> LazyWhyNot = new(TryToLoad);

    /// <summary>Why libtorch does not load here, one sentence a line. Null if it does.</summary>
    public static string? WhyNot => LazyWhyNot.Value;

    public static IEnumerable<string> All => WhyNot is null && HasGpu ? ["cpu", "cuda:0"] : ["cpu"];

    /// <summary>A backend for each device, with batches so small that every test needs several.</summary>
    public static IReadOnlyList<TorchBackend> Backends => LazyBackends.Value;

    private static bool HasGpu => torch.TryInitializeDeviceType(DeviceType.CUDA) && torch.cuda.is_available();

    [GlobalTestInitialize]
    public static void RequireTorch(TestContext context)
    {
        if (WhyNot is { } reason)
            Assert.Inconclusive(reason);
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
            return exception.Message.Replace(". ", $".{Environment.NewLine}", StringComparison.Ordinal);
        }
    }

    private static TorchBackend MakeBackend(string device) =>
        TorchBackend.Create(new MLContext { GpuDeviceId = device == "cpu" ? null : 0 }, batchSize: 5);
}
