using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>All devices at once: each computes the rows, and all must agree bit for bit.</summary>
internal sealed class EveryDeviceBackend : DropoutBackend
{
    public static readonly EveryDeviceBackend Instance = new();

    public override int BatchSize => Devices.Backends[0].BatchSize;

    public override void Apply(
        DropoutPlan plan, ReadOnlySpan<MaskKey> rows, ReadOnlySpan<float> source, Span<float> destination)
    {
        float[] original = [.. source];
        for (int i = 0; i < Devices.Backends.Count; i++)
        {
            var results = new float[original.Length];
            Devices.Backends[i].Apply(plan, rows, original, results);
            Agree<float>(i, destination, results);
        }
    }

    public override void Apply(
        DropoutPlan plan, ReadOnlySpan<MaskKey> rows, ReadOnlySpan<double> source, Span<double> destination)
    {
        double[] original = [.. source];
        for (int i = 0; i < Devices.Backends.Count; i++)
        {
            var results = new double[original.Length];
            Devices.Backends[i].Apply(plan, rows, original, results);
            Agree<double>(i, destination, results);
        }
    }

    private static void Agree<T>(int device, Span<T> destination, T[] results)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (device > 0)
        {
            TensorCase.AreEqual<T>(destination, results, Devices.Backends[device].DeviceName);
            return;
        }

        results.CopyTo(destination);
    }
}
