using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>Drops out batches of rows that are in main memory on a device. Thread-safe.</summary>
/// <param name="device">The device.</param>
internal sealed class DeviceBatches<T>(Device device)
    where T : unmanaged
{
    // As many as batches are dropped out at the same time.
    private readonly ConcurrentBag<DeviceBuffer<T>> _idle = [];

    /// <summary>Drops out rows as <see cref="DropoutBackend"/> defines it.</summary>
    public void Apply(DropoutPlan plan, ReadOnlySpan<MaskKey> keys, ReadOnlySpan<T> source, Span<T> destination)
    {
        TensorRules.CheckFill(plan, DeviceBuffer<T>.Type);
        if (!_idle.TryTake(out DeviceBuffer<T>? buffer))
            buffer = new DeviceBuffer<T>(device);

        using (no_grad())
        using (NewDisposeScope())
        {
            Tensor values = buffer.Upload(source).view([keys.Length, .. plan.Shape.Select(size => (long)size)]);
            buffer.Download(DeviceDropout.Apply(values, plan, keys), destination);
        }

        _idle.Add(buffer);
    }
}
