using System.Numerics;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// All devices at once, and what a GPU would do on the CPU, so that it is tested where there is no GPU. Each computes the rows, and
/// all must agree bit for bit.
/// </summary>
internal sealed class EveryDeviceBackend : DropoutBackend
{
    public static readonly EveryDeviceBackend Instance = new();

    private readonly DeviceBatches<float> _singles = new(CPU);
    private readonly DeviceBatches<double> _doubles = new(CPU);

    public override int BatchSize => Devices.Backends[0].BatchSize;

    public override void Apply(
        DropoutPlan plan, ReadOnlySpan<MaskKey> rows, ReadOnlySpan<float> source, Span<float> destination)
    {
        float[] original = [.. source];
        _singles.Apply(plan, rows, source, destination);
        foreach (TorchBackend backend in Devices.Backends)
        {
            var results = new float[original.Length];
            backend.Apply(plan, rows, original, results);
            Agree<float>(destination, results, backend);
        }
    }

    public override void Apply(
        DropoutPlan plan, ReadOnlySpan<MaskKey> rows, ReadOnlySpan<double> source, Span<double> destination)
    {
        double[] original = [.. source];
        _doubles.Apply(plan, rows, source, destination);
        foreach (TorchBackend backend in Devices.Backends)
        {
            var results = new double[original.Length];
            backend.Apply(plan, rows, original, results);
            Agree<double>(destination, results, backend);
        }
    }

    private static void Agree<T>(ReadOnlySpan<T> operations, T[] results, TorchBackend backend)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TensorCase.AreEqual<T>(operations, results, backend.DeviceName);
}
