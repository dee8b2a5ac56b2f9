using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>Drops out rows on a TorchSharp device: a GPU, or the CPU.</summary>
/// <remarks>
/// <para>
/// A batch of rows goes to the GPU together, is dropped out there, and comes back. The plan draws the losses on the CPU, and only
/// these few numbers of a row go to the GPU too. So values are those of the SIMD kernels, bit for bit. Only if a GPU multiplies a
/// kept NaN, its payload is the GPU's. On the CPU the batch is where it belongs, and the SIMD kernels drop it there.
/// </para>
/// <para>
/// Rows of a pipeline are in main memory, and the trainer needs them there again. The way to a GPU and back takes longer than
/// dropping them where they are, so the default, SIMD, is faster. <c>docs/performance.md</c> has the figures. A device pays
/// for tensors that are there already: see <see cref="SpatialDropout1d"/>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// mlContext.GpuDeviceId = 0;
/// mlContext.FallbackToCpu = true;
/// var stage = mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
/// {
///     OutputColumnName = "Features",
///     Channels = 6,
///     Backend = TorchBackend.Create(mlContext),
/// });
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class TorchBackend : DropoutBackend
{
    private const int GpuBatchSize = 1024;

    // More rows would leave the CPU's caches: with 1024 rows of 3 KB a pass takes twice as long.
    private const int CpuBatchSize = 64;

    private readonly Device _device;

    // Null for the CPU. The rows are there already, so the kernels drop them there, as they do for a layer's tensors.
    private readonly DeviceBatches<float>? _singles;
    private readonly DeviceBatches<double>? _doubles;

    private TorchBackend(Device device, int? batchSize)
    {
        _device = device;
        BatchSize = batchSize ?? CpuBatchSize;
        if (device.type == DeviceType.CPU)
            return;

        _singles = new DeviceBatches<float>(device);
        _doubles = new DeviceBatches<double>(device);
        BatchSize = batchSize ?? GpuBatchSize;
    }

    /// <inheritdoc/>
    public override int BatchSize { get; }

    /// <summary>The device's name in TorchSharp: cpu, cuda:0.</summary>
    public string DeviceName => _device.ToString();

    /// <summary>Makes a backend for the device of an MLContext, as ML.NET's TorchSharp trainers choose theirs.</summary>
    /// <param name="mlContext">
    /// Its <see cref="MLContext.GpuDeviceId"/> is the number of a CUDA device. Null, the default, is the CPU. If there is no such
    /// device, <see cref="MLContext.FallbackToCpu"/> says whether to use the CPU, which is logged.
    /// </param>
    /// <param name="batchSize">
    /// The number of rows that are dropped together, at least 1. Default: null, 1024 on a GPU and 64 on the CPU, whose caches hold
    /// no more.
    /// </param>
    /// <returns>The backend.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="mlContext"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException">There is no such device, and the CPU must not be used.</exception>
    /// <exception cref="NotSupportedException">
    /// libtorch is missing, or the system's C++ runtime is too old for it.
    /// </exception>
    /// <example>
    /// <code>
    /// var onCpu = TorchBackend.Create(new MLContext());
    /// var onGpu = TorchBackend.Create(new MLContext { GpuDeviceId = 0, FallbackToCpu = true });   // the CPU if there is no GPU
    /// </code>
    /// </example>
    public static TorchBackend Create(MLContext mlContext, int? batchSize = null)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        if (batchSize < 1)
            throw new ArgumentOutOfRangeException(
                nameof(batchSize), batchSize, FormattableString.Invariant($"batchSize must be at least 1, but is {batchSize}."));

        TorchRuntime.EnsureLoaded();
        return new TorchBackend(ChooseDevice(mlContext), batchSize);
    }

    /// <inheritdoc/>
    /// <example>
    /// <code>
    /// MaskKey[] keys = [new(0), new(1)];
    /// backend.Apply(plan, keys, batch, batch);   // plan.ApplyRows(keys, batch, batch), on the device
    /// </code>
    /// </example>
    public override void Apply(
        DropoutPlan plan, ReadOnlySpan<MaskKey> keys, ReadOnlySpan<float> source, Span<float> destination)
    {
        if (_singles is null)
            plan.ApplyRows(keys, source, destination);
        else
            _singles.Apply(plan, keys, source, destination);
    }

    /// <inheritdoc cref="Apply(DropoutPlan, ReadOnlySpan{MaskKey}, ReadOnlySpan{float}, Span{float})"/>
    public override void Apply(
        DropoutPlan plan, ReadOnlySpan<MaskKey> keys, ReadOnlySpan<double> source, Span<double> destination)
    {
        if (_doubles is null)
            plan.ApplyRows(keys, source, destination);
        else
            _doubles.Apply(plan, keys, source, destination);
    }

    /// <summary>The device, for logs and debuggers.</summary>
    public override string ToString() => $"TorchSharp on {DeviceName}";

    private static Device ChooseDevice(MLContext mlContext)
    {
        if (mlContext.GpuDeviceId is not { } number)
            return CPU;

        int devices = CountGpus();
        if (number >= 0 && number < devices)
            return torch.device(DeviceType.CUDA, number);

        string found = FormattableString.Invariant(
            $"GpuDeviceId is {number}, but there are {devices} CUDA devices that TorchSharp can use.");
        if (!mlContext.FallbackToCpu)
            throw new InvalidOperationException(
                found + " Choose one of them, set GpuDeviceId to null, or set FallbackToCpu to true; a package with CUDA"
                + " (TorchSharp-cuda-linux or TorchSharp-cuda-windows) and a driver are needed.");

        using IChannel channel = ((IHostEnvironment)mlContext).Start(nameof(TorchBackend));
        channel.Warning(MessageSensitivity.None, found + " The CPU is used, because FallbackToCpu is true.");
        return CPU;
    }

    // If TorchSharp cannot look for a GPU, there is none that it can use.
    private static int CountGpus()
    {
        try
        {
            return TryInitializeDeviceType(DeviceType.CUDA) && cuda.is_available() ? cuda.device_count() : 0;
        }
        catch (NotSupportedException)
        {
            return 0;
        }
    }
}
