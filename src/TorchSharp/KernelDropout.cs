using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>
/// Dropout by the SIMD kernels, in the memory of CPU tensors: libtorch takes ten times as long to broadcast over a few channels.
/// </summary>
/// <param name="plan">What to drop.</param>
/// <param name="keys">What names the masks, one key for each row.</param>
/// <param name="order">
/// The order of the axes in memory, for which the plan is made, rows first. Null if they lie there in their own order. A tensor
/// with another order is copied.
/// </param>
internal sealed class KernelDropout(DropoutPlan plan, MaskKey[] keys, long[]? order = null)
{
    /// <summary>Whether there are kernels for a tensor.</summary>
    // A span of bytes is not longer than an int can count.
    public static bool Takes(Tensor input) =>
        input.device_type == DeviceType.CPU && input.dtype is (ScalarType.Float32 or ScalarType.Float64)
        && input.numel() * input.element_size() <= int.MaxValue;

    /// <summary>Whether a gradient is wanted.</summary>
    public static bool IsDifferentiated(Tensor input) => input.requires_grad && is_grad_enabled();

    /// <summary>A tensor with the strides of the input, and with a gradient if one is wanted.</summary>
    public Tensor Apply(Tensor input)
    {
        if (!IsDifferentiated(input))
            return Drop(input);

        using var scope = NewDisposeScope();
        return DropoutFunction.apply(input, this, false).MoveToOuterDisposeScope();
    }

    /// <summary>The input itself, changed, and with a gradient if one is wanted.</summary>
    public Tensor ApplyInPlace(Tensor input)
    {
        using var scope = NewDisposeScope();
        if (IsDifferentiated(input) && !input.is_leaf)
            return DropoutFunction.apply(input, this, true).MoveToOuterDisposeScope();

        // Changes no element, but tells libtorch, which does not see the kernels, that the tensor is changed. It refuses to change
        // a leaf that requires a gradient.
        input.narrow(0, 0, 0).neg_();
        DropInto(input, input);
        return input.alias().MoveToOuterDisposeScope();
    }

    /// <summary>A tensor with the strides of the input, without a gradient.</summary>
    public Tensor Drop(Tensor input)
    {
        Tensor output = empty_like(input, requires_grad: false);
        DropInto(input, output);
        return output;
    }

    /// <summary>Writes to a tensor of the input's shape, which may be the input.</summary>
    public void DropInto(Tensor input, Tensor output)
    {
        using var _ = no_grad();
        using Tensor ordered = InOrder(input);
        using Tensor source = ordered.contiguous();
        using Tensor target = InOrder(output);
        if (target.is_contiguous())
        {
            ApplyRows(source, target);
            return;
        }

        using Tensor rows = empty_like(source);
        ApplyRows(source, rows);
        target.copy_(rows);
    }

    /// <summary>What a gradient is multiplied by, and where it becomes 0.</summary>
    public KernelDropout Derivative() => plan.Options.Fill == DropoutFill.Zero
        ? this
        : new(
            DropoutPlan.Create(plan.Options with { Fill = DropoutFill.Zero, Scaling = DropoutScaling.None }, plan.Length),
            keys, order);

    private static Span<T> Elements<T>(Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);

    private Tensor InOrder(Tensor tensor) => order is null ? tensor.alias() : tensor.permute(order);

    private void ApplyRows(Tensor source, Tensor target)
    {
        if (source.dtype == ScalarType.Float32)
            plan.ApplyRows(keys, Elements<float>(source), Elements<float>(target));
        else
            plan.ApplyRows(keys, Elements<double>(source), Elements<double>(target));
    }
}
