using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Tensors of odd values, and what the reference returns for them.</summary>
internal static class TensorCase
{
    public static MaskKey[] Keys(int count, ulong first = 0) =>
        [.. Enumerable.Range(0, count).Select(i => new MaskKey(first + (ulong)i))];

    /// <summary>A float32 tensor on a device, with NaN, infinities and zeros among its values.</summary>
    public static Tensor Odd(string device, params long[] shape)
    {
        Tensor tensor = empty(shape, ScalarType.Float32);
        OddValues.Row<float>((int)tensor.numel()).CopyTo(Elements<float>(tensor));
        return device == "cpu" ? tensor : tensor.to(device);
    }

    public static Span<T> Elements<T>(Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);

    public static T[] Values<T>(Tensor tensor)
        where T : unmanaged
    {
        using Tensor there = tensor.detach().cpu().contiguous();
        return [.. Elements<T>(there)];
    }

    /// <summary>Equal bits, except that a GPU computes only one NaN.</summary>
    public static void AreEqual<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string device, string? what = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (device == "cpu")
            Bits.AreEqual(expected, actual, what);
        else
            Bits.AreEqual<T>(WithOneNaN(expected), WithOneNaN(actual), $"{device}, {what}");
    }

    /// <summary>The rows of a tensor, dropped out by the reference.</summary>
    public static float[] Expected(DropoutOptions options, MaskKey[] keys, float[] values)
    {
        int length = values.Length / keys.Length;
        return [.. keys.SelectMany((key, row) =>
            ReferenceDropout.Apply<float>(options, key, values.AsSpan(row * length, length)))];
    }

    /// <summary>Runs finalizers to dispose of tensors that other tests left, so that tensors can be counted.</summary>
    public static long CountTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }

    private static T[] WithOneNaN<T>(ReadOnlySpan<T> values)
        where T : IBinaryFloatingPointIeee754<T> => [.. values.ToArray().Select(value => T.IsNaN(value) ? T.NaN : value)];
}
