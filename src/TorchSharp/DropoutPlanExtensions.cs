using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>Dropout of tensors by a <see cref="DropoutPlan"/>. See <see cref="SpatialDropout1d"/> for a layer.</summary>
/// <example>
/// <code>
/// using Tensor dropped = plan.Apply(batch, keys);   // always drops: a plan has no training flag
/// using Tensor keep = plan.DrawMask(keys);          // false for the channels that were dropped
/// </code>
/// </example>
public static class DropoutPlanExtensions
{
    /// <summary>Drops out the rows of a tensor. It always drops: a plan has no training flag.</summary>
    /// <param name="plan">What to drop.</param>
    /// <param name="input">
    /// [rows, ...], with <see cref="DropoutPlan.Length"/> elements in each row; float32, float64, float16 or bfloat16, on any
    /// device. It does not change.
    /// </param>
    /// <param name="keys">What names the masks, one key for each row.</param>
    /// <returns>
    /// A tensor of the shape, strides, type and device of <paramref name="input"/>. Kept values are scaled, dropped ones replaced
    /// by the fill, even NaN and infinities. float32 and float64 get the values of
    /// <see cref="DropoutPlan.Apply(MaskKey, ReadOnlySpan{float}, Span{float})"/>, bit for bit (if a GPU multiplies a kept NaN, its
    /// payload is the GPU's). Gradients flow through kept values only, times the scale. With <see cref="DropoutFill.LastValue"/>
    /// they also flow to the value that a stuck channel repeats.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fill does not fit into the tensor's type.</exception>
    /// <exception cref="ArgumentException">The tensor's shape or type does not fit the plan or the keys.</exception>
    /// <example>
    /// <code>
    /// var plan = DropoutPlan.Create(new DropoutOptions { Channels = 6, Rate = 0.3, Seed = 7 }, length: 128 * 6);
    /// MaskKey[] keys = [.. ids.Select(id => new MaskKey(id))];
    /// using Tensor dropped = plan.Apply(batch, keys);   // batch: [rows, 128, 6]
    /// </code>
    /// </example>
    public static Tensor Apply(this DropoutPlan plan, Tensor input, ReadOnlySpan<MaskKey> keys)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(input);
        TensorRules.CheckType(input, nameof(input));
        if (input.dim() < 1 || input.shape[0] != keys.Length || input.numel() != (long)keys.Length * plan.Length)
            TensorRules.ThrowShape(
                nameof(input), input, $"{keys.Length} rows, one for each key, of {plan.Length} elements, as the plan is for");
        TensorRules.CheckFill(plan, input.dtype);
        return ApplyChecked(input, plan, keys.ToArray());
    }

    /// <summary>Draws the masks of rows as a tensor.</summary>
    /// <param name="plan">What to drop.</param>
    /// <param name="keys">What names the masks, one key for each row.</param>
    /// <param name="device">The device of the tensor. Default: null, the CPU.</param>
    /// <returns>
    /// A bool tensor of shape [rows, axes of <see cref="DropoutPlan.NoiseShape"/>], true for a channel that is kept. It broadcasts
    /// to [rows, axes of <see cref="DropoutPlan.Shape"/>].
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="plan"/> is null.</exception>
    /// <exception cref="ArgumentException">The masks of all rows together do not fit into an array.</exception>
    /// <exception cref="NotSupportedException">libtorch is missing, or the system's C++ runtime is too old for it.</exception>
    /// <example>
    /// <code>
    /// using Tensor keep = plan.DrawMask([new MaskKey(0), new MaskKey(1)]);   // [2, 1, 6] for 6 channels, channels last
    /// </code>
    /// </example>
    public static Tensor DrawMask(this DropoutPlan plan, ReadOnlySpan<MaskKey> keys, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        TorchRuntime.EnsureLoaded();
        using var scope = NewDisposeScope();
        return DeviceDropout.DrawMasks(plan, keys, device ?? CPU).Keep.MoveToOuterDisposeScope();
    }

    private static Tensor ApplyChecked(Tensor input, DropoutPlan plan, MaskKey[] keys)
    {
        if (input.numel() == 0)
            return input.clone();
        if (KernelDropout.Takes(input) && !(KernelDropout.IsDifferentiated(input) && TensorRules.IsByRow(plan)))
            return new KernelDropout(plan, keys).Apply(input);

        using var scope = NewDisposeScope();
        Tensor rows = input.reshape([keys.Length, .. plan.Shape.Select(size => (long)size)]);
        Tensor output = DeviceDropout.Apply(rows, plan, keys).reshape(input.shape);
        return DeviceDropout.WithStridesOf(input, output).MoveToOuterDisposeScope();
    }
}
