using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>Drops rows out on a TorchSharp device: a GPU, or the CPU.</summary>
/// <remarks>
/// <para>
/// A batch of rows goes to the device together, is masked there as a whole, and comes back. Masks are drawn by the plan on the
/// CPU, so values are those of the SIMD kernels, bit for bit; only of a kept NaN that a GPU multiplies, the payload is the GPU's.
/// </para>
/// <para>
/// Rows of a pipeline lie in main memory and must be there again for the trainer: the way to a GPU and back takes longer than
/// dropping them where they are. SIMD, the default, wins; <c>docs/performance.md</c> has the figures. A device is worth it
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
    /// <summary>The default of <see cref="BatchSize"/>.</summary>
    /// <example>
    /// <code>
    /// // Rows are four times shorter than usual here: four times as many go together.
    /// var backend = TorchBackend.Create(mlContext, batchSize: 4 * TorchBackend.DefaultBatchSize);
    /// </code>
    /// </example>
    public const int DefaultBatchSize = 1024;

    private readonly Device _device;

    private TorchBackend(Device device, int batchSize) => (_device, BatchSize) = (device, batchSize);

    /// <inheritdoc/>
    /// <example>
    /// <code>
    /// int rows = TorchBackend.Create(mlContext, batchSize: 256).BatchSize;   // 256
    /// </code>
    /// </example>
    public override int BatchSize { get; }

    /// <summary>The device's name, as TorchSharp has it: cpu, cuda:0.</summary>
    /// <example>
    /// <code>
    /// bool isOnGpu = backend.DeviceName.StartsWith("cuda");   // false where the CPU stands in
    /// </code>
    /// </example>
    public string DeviceName => _device.ToString();

    /// <summary>A backend on the device that an MLContext names, as ML.NET's own TorchSharp trainers choose theirs.</summary>
    /// <param name="mlContext">
    /// Its <see cref="MLContext.GpuDeviceId"/> is the number of a CUDA device; null, the default, is the CPU. Where there is no
    /// such device, <see cref="MLContext.FallbackToCpu"/> says whether the CPU will do; that is logged.
    /// </param>
    /// <param name="batchSize">How many rows go to the device together, at least 1. Default: 1024.</param>
    /// <exception cref="ArgumentNullException"><paramref name="mlContext"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException">There is no such device, and the CPU is not to stand in.</exception>
    /// <exception cref="NotSupportedException">
    /// libtorch is missing, or the system's C++ runtime is too old for it.
    /// </exception>
    /// <example>
    /// <code>
    /// var onCpu = TorchBackend.Create(new MLContext());
    /// var onGpu = TorchBackend.Create(new MLContext { GpuDeviceId = 0, FallbackToCpu = true });   // the CPU where there is none
    /// </code>
    /// </example>
    public static TorchBackend For(MLContext mlContext, int batchSize = DefaultBatchSize)
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
        DropoutPlan plan, ReadOnlySpan<MaskKey> rows, ReadOnlySpan<float> source, Span<float> destination) =>
        Apply(plan, rows, MemoryMarshal.AsBytes(source), ScalarType.Float32, MemoryMarshal.AsBytes(destination));

    /// <inheritdoc cref="Apply(DropoutPlan, ReadOnlySpan{MaskKey}, ReadOnlySpan{float}, Span{float})"/>
    public override void Apply(
        DropoutPlan plan, ReadOnlySpan<MaskKey> rows, ReadOnlySpan<double> source, Span<double> destination) =>
        Apply(plan, rows, MemoryMarshal.AsBytes(source), ScalarType.Float64, MemoryMarshal.AsBytes(destination));

    /// <summary>The device, for logs and debuggers.</summary>
    /// <example>
    /// <code>
    /// Console.WriteLine(TorchBackend.Create(new MLContext()));   // TorchSharp on cpu
    /// </code>
    /// </example>
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
        channel.Warning(MessageSensitivity.None, found + " The CPU stands in, as FallbackToCpu is true.");
        return CPU;
    }

    // Where TorchSharp cannot even look for a GPU there is none that it can use.
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

    private void Apply(
        DropoutPlan plan, ReadOnlySpan<MaskKey> rows, ReadOnlySpan<byte> source, ScalarType type, Span<byte> destination)
    {
        using var batch = NewDisposeScope();
        using var _ = no_grad();
        Tensor values = empty([rows.Length, .. plan.Shape.Select(size => (long)size)], type, CPU);
        source.CopyTo(values.bytes);
        Tensor results = DeviceDropout.Apply(values.to(_device), plan, rows).cpu().contiguous();
        results.bytes.CopyTo(destination);
    }
}
