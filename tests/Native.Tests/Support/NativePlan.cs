using System.Text;
using System.Text.Json;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A plan of the library, called with arrays.</summary>
internal sealed unsafe class NativePlan : IDisposable
{
    public NativePlan(string json, long length)
        : this(Encoding.UTF8.GetBytes(json), length)
    {
    }

    public NativePlan(byte[] json, long length)
    {
        nint plan = -1;
        fixed (byte* text = (byte[])[.. json, 0])
        {
            int status = NativeMethods.sd_plan_create(text, length, &plan);
            Assert.AreEqual(status != 0, plan == 0, "a plan, or NULL");
            NativeException.ThrowIfFailed(status);
        }

        Handle = plan;
    }

    public nint Handle { get; }

    public long Length
    {
        get
        {
            long length;
            NativeException.ThrowIfFailed(NativeMethods.sd_plan_length(Handle, &length));
            return length;
        }
    }

    public long MaskLength
    {
        get
        {
            long length;
            NativeException.ThrowIfFailed(NativeMethods.sd_plan_mask_length(Handle, &length));
            return length;
        }
    }

    /// <summary>A plan of options, written as .NET writes them.</summary>
    public static NativePlan Create(DropoutOptions options, int length) => new(JsonSerializer.Serialize(options), length);

    public void Dispose() => NativeException.ThrowIfFailed(NativeMethods.sd_plan_free(Handle));

    /// <summary>A byte for each channel of each row.</summary>
    public byte[] DrawMasks(MaskKey[] keys)
    {
        var keep = new byte[keys.Length * MaskLength];
        fixed (NativeKey* first = Array.ConvertAll(keys, NativeKey.From))
        fixed (byte* to = keep)
            NativeException.ThrowIfFailed(NativeMethods.sd_draw_masks(Handle, first, keys.Length, to));
        return keep;
    }

    public T[] Apply<T>(MaskKey[] keys, T[] source)
        where T : unmanaged
    {
        var destination = new T[source.Length];
        Apply<T>(keys, source, destination);
        return destination;
    }

    public void Apply<T>(MaskKey[] keys, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged
    {
        fixed (NativeKey* first = Array.ConvertAll(keys, NativeKey.From))
        fixed (T* from = source)
        fixed (T* to = destination)
        {
            NativeException.ThrowIfFailed(
                typeof(T) == typeof(float)
                    ? NativeMethods.sd_apply_f32(Handle, first, keys.Length, (float*)from, (float*)to)
                    : NativeMethods.sd_apply_f64(Handle, first, keys.Length, (double*)from, (double*)to));
        }
    }

    public T[] Expand<T>(MaskKey[] keys, int copies, bool keepOriginal, T[] source)
        where T : unmanaged
    {
        var destination = new T[source.Length * (copies + (keepOriginal ? 1 : 0))];
        Expand<T>(keys, copies, keepOriginal, source, destination);
        return destination;
    }

    public void Expand<T>(MaskKey[] keys, long copies, bool keepOriginal, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged
    {
        int keep = keepOriginal ? 1 : 0;
        fixed (NativeKey* first = Array.ConvertAll(keys, NativeKey.From))
        fixed (T* from = source)
        fixed (T* to = destination)
        {
            NativeException.ThrowIfFailed(
                typeof(T) == typeof(float)
                    ? NativeMethods.sd_expand_f32(Handle, first, keys.Length, copies, keep, (float*)from, (float*)to)
                    : NativeMethods.sd_expand_f64(Handle, first, keys.Length, copies, keep, (double*)from, (double*)to));
        }
    }
}
