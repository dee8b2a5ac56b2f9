using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>
/// Memory of a batch, in main memory and on a device, which is kept for the next batch. Not thread-safe. Nobody disposes it: its
/// tensors free themselves when it is collected.
/// </summary>
/// <param name="device">The device.</param>
internal sealed class DeviceBuffer<T>(Device device)
    where T : unmanaged
{
    private Tensor _host = Allocate(0, CPU);
    private Tensor _onDevice = Allocate(0, device);

    /// <summary>The type of the elements.</summary>
    public static ScalarType Type => Unsafe.SizeOf<T>() == sizeof(float) ? ScalarType.Float32 : ScalarType.Float64;

    /// <summary>Copies elements to the device.</summary>
    /// <returns>A tensor of one axis, which the next call overwrites.</returns>
    public Tensor Upload(ReadOnlySpan<T> elements)
    {
        if (elements.Length > _host.numel())
            Grow(elements.Length);
        elements.CopyTo(MemoryMarshal.Cast<byte, T>(_host.bytes));
        return _onDevice.narrow(0, 0, elements.Length).copy_(_host.narrow(0, 0, elements.Length));
    }

    /// <summary>Copies a tensor's elements from the device, at most as many as were uploaded.</summary>
    public void Download(Tensor results, Span<T> elements)
    {
        _host.narrow(0, 0, elements.Length).copy_(results.reshape(-1));
        MemoryMarshal.Cast<byte, T>(_host.bytes)[..elements.Length].CopyTo(elements);
    }

    private static Tensor Allocate(int elements, Device device) => empty(elements, Type, device).DetachFromDisposeScope();

    private void Grow(int elements)
    {
        _host.Dispose();
        _onDevice.Dispose();
        (_host, _onDevice) = (Allocate(elements, CPU), Allocate(elements, device));
    }
}
