using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>Dropout of tensors by a <see cref="DropoutPlan"/>: the functional form of <see cref="SpatialDropout1d"/>.</summary>
/// <example>
/// <code>
/// using Tensor dropped = SpatialDropout.Apply(batch, plan, keys);   // always drops, without a layer
/// using Tensor keep = plan.DrawMask(keys);                          // where it did not
/// </code>
/// </example>
public static class SpatialDropout
{
    /// <summary>Drops the coins' elements of each row of a tensor; always, there is no training flag here.</summary>
    /// <param name="input">
    /// [rows, ...], as many elements a row as <see cref="DropoutPlan.Length"/>; float32, float64, float16 or bfloat16, on any
    /// device. It is not changed.
    /// </param>
    /// <param name="plan">What to drop.</param>
    /// <param name="rowKeys">The rows' keys and copies, one for each row.</param>
    /// <returns>
    /// A tensor of the shape, type and device of <paramref name="input"/>: kept values x scale, dropped ones replaced by the
    /// fill, NaN and infinities too. float32 and float64 get the values of
    /// <see cref="DropoutPlan.Apply(MaskKey, ReadOnlySpan{float}, Span{float})"/>, bit for bit (of a kept NaN that a GPU
    /// multiplies, the payload is the GPU's). Gradients flow through kept values only, times the scale.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The tensor's shape or type does not fit the plan or the keys.</exception>
    /// <example>
    /// <code>
    /// var plan = DropoutPlan.Create(new SpatialDropoutOptions { Channels = 6, Rate = 0.3, Seed = 7 }, length: 128 * 6);
    /// MaskKey[] keys = [.. ids.Select(id => new MaskKey(id))];
    /// using Tensor dropped = SpatialDropout.Apply(batch, plan, keys);   // batch: [rows, 128, 6]
    /// </code>
    /// </example>
    public static Tensor Apply(Tensor input, DropoutPlan plan, ReadOnlySpan<MaskKey> rowKeys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(plan);
        TensorRules.CheckType(input, nameof(input));
        if (input.dim() < 1 || input.shape[0] != rowKeys.Length || input.numel() != (long)rowKeys.Length * plan.Length)
            TensorRules.RefuseShape(
                nameof(input), input, $"{rowKeys.Length} rows, one for each key, of {plan.Length} elements, as the plan is for");
        return ApplyUnchecked(input, plan, rowKeys);
    }

    /// <summary>The masks of rows as a tensor.</summary>
    /// <param name="plan">What to drop.</param>
    /// <param name="rowKeys">The rows' keys and copies.</param>
    /// <param name="device">Where the tensor shall be. Null, the default, is the CPU.</param>
    /// <returns>
    /// A bool tensor of shape [rows, axes of <see cref="DropoutPlan.NoiseShape"/>], true where a coin keeps: it broadcasts to
    /// [rows, axes of <see cref="DropoutPlan.Shape"/>].
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="plan"/> is null.</exception>
    /// <exception cref="ArgumentException">Together the rows have more coins than an array can hold.</exception>
    /// <exception cref="NotSupportedException">libtorch is missing, or the system's C++ runtime is too old for it.</exception>
    /// <example>
    /// <code>
    /// using Tensor keep = plan.DrawMask([new MaskKey(0), new MaskKey(1)]);   // [2, 1, 6] for 6 channels, time first
    /// </code>
    /// </example>
    public static Tensor DrawMask(this DropoutPlan plan, ReadOnlySpan<MaskKey> rowKeys, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        TorchRuntime.EnsureLoaded();
        (Tensor keep, Tensor? touched) = DeviceDropout.DrawMasks(plan, rowKeys, device ?? CPU);
        touched?.Dispose();
        return keep;
    }

    /// <summary>The same for a tensor that was checked.</summary>
    internal static Tensor ApplyUnchecked(Tensor input, DropoutPlan plan, ReadOnlySpan<MaskKey> rowKeys)
    {
        using var scope = NewDisposeScope();

        // A span holds no more bytes than an int counts.
        bool hasKernel = input.device_type == DeviceType.CPU && input.dtype is (ScalarType.Float32 or ScalarType.Float64)
            && input.numel() * input.element_size() <= int.MaxValue;
        Tensor output = input.numel() == 0 ? input.clone()
            : hasKernel ? ApplyKernel(input.contiguous(), plan, rowKeys)
            : DeviceDropout.Apply(input.reshape([rowKeys.Length, .. plan.Shape.Select(size => (long)size)]), plan, rowKeys)
                .reshape(input.shape);
        return output.MoveToOuterDisposeScope();
    }

    // In the memory of tensors: a broadcast by libtorch over a few channels takes ten times as long. Where a gradient is wanted,
    // the result comes from operations that libtorch knows how to differentiate, and then gets the plan's values, fills and
    // untouched bits included. (A function with a backward of its own, as TorchSharp has them, leaves the tensors of each step to
    // the garbage collector, which does not see how large they are.)
    private static Tensor ApplyKernel(Tensor input, DropoutPlan plan, ReadOnlySpan<MaskKey> rowKeys)
    {
        Tensor output = input.requires_grad && is_grad_enabled()
            ? Differentiable(input, plan, rowKeys)
            : empty_like(input, requires_grad: false);
        ApplyKernel(input, plan, rowKeys, output);
        return output;
    }

    // A product alone would not do: 0 times the infinite gradient of a root at a dropped value is NaN, and would flow on.
    private static Tensor Differentiable(Tensor input, DropoutPlan plan, ReadOnlySpan<MaskKey> rowKeys)
    {
        Tensor derivative = Derivative(input, plan, rowKeys);
        return where(derivative.to(ScalarType.Bool), input, zeros_like(input, requires_grad: false)) * derivative;
    }

    private static Tensor Derivative(Tensor input, DropoutPlan plan, ReadOnlySpan<MaskKey> rowKeys)
    {
        SpatialDropoutOptions options = plan.Options;
        if (options.Fill != DropoutFill.Zero)
            plan = DropoutPlan.Create(options with { Fill = DropoutFill.Zero, Scaling = DropoutScaling.None }, plan.Length);

        Tensor ones = ones_like(input, requires_grad: false);
        ApplyKernel(ones, plan, rowKeys, ones);
        return ones;
    }

    private static void ApplyKernel(Tensor input, DropoutPlan plan, ReadOnlySpan<MaskKey> rowKeys, Tensor output)
    {
        if (input.dtype == ScalarType.Float32)
            plan.ApplyRows(rowKeys, Elements<float>(input), Elements<float>(output));
        else
            plan.ApplyRows(rowKeys, Elements<double>(input), Elements<double>(output));
    }

    private static Span<T> Elements<T>(Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);
}
