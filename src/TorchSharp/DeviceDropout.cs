using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>Dropout by tensor operations only: for any device and floating-point type, and differentiable.</summary>
internal static class DeviceDropout
{
    /// <summary>keep ? value x scale : fill, with masks drawn on the CPU.</summary>
    /// <param name="values">[rows, axes of the plan's shape].</param>
    /// <param name="plan">What to drop.</param>
    /// <param name="rows">What names the masks.</param>
    /// <param name="noiseShape">
    /// The shape of the masks, if the values have other axes than the plan's shape. Default: null, [rows, axes of the plan's noise
    /// shape].
    /// </param>
    /// <returns>A tensor of the same shape, type and device.</returns>
    public static Tensor Apply(Tensor values, DropoutPlan plan, ReadOnlySpan<MaskKey> rows, long[]? noiseShape = null)
    {
        if (TensorRules.IsByRow(plan))
            return ApplyByRow(values, plan, rows);

        (Tensor keep, Tensor? touched) = DrawMasks(plan, rows, values.device);
        if (noiseShape is not null)
            keep = keep.reshape(noiseShape);
        Tensor scaled = Scale(values, plan);
        if (touched is not null && !ReferenceEquals(scaled, values))
            scaled = where(touched, scaled, values);
        return where(keep, scaled, Values(plan, channel => plan.GetFill(channel), values.dtype, values.device));
    }

    /// <summary>Results with the strides of the values that they come from.</summary>
    public static Tensor WithStridesOf(Tensor values, Tensor results) =>
        values.is_contiguous() ? results : empty_like(values, requires_grad: false).copy_(results);

    /// <summary>The masks of rows, [rows, axes of the noise shape], and which rows are touched, unless all are.</summary>
    public static (Tensor Keep, Tensor? Touched) DrawMasks(DropoutPlan plan, ReadOnlySpan<MaskKey> rows, Device device)
    {
        TensorRules.CheckMasks(rows.Length, plan);
        var keep = new bool[rows.Length * plan.MaskLength];
        var touched = new bool[rows.Length];
        for (int row = 0; row < rows.Length; row++)
            touched[row] = plan.DrawMask(rows[row], keep.AsSpan(row * plan.MaskLength, plan.MaskLength));

        long[] noiseShape = [rows.Length, .. plan.NoiseShape.Select(size => (long)size)];
        long[] rowShape = [rows.Length, .. plan.NoiseShape.Select(_ => 1L)];
        return (
            tensor(ToChannels(keep, plan), noiseShape, ScalarType.Bool, device),
            Array.IndexOf(touched, false) < 0 ? null : tensor(touched, rowShape, ScalarType.Bool, device));
    }

    // The plan drops rows that have the number of each element, counted from 1, as its value, and each constant fill as a negative
    // number. What comes out says what each element becomes: an element of the same row, itself mostly, or the constant.
    private static Tensor ApplyByRow(Tensor values, DropoutPlan plan, ReadOnlySpan<MaskKey> rows)
    {
        IReadOnlyList<DropoutFill> fills = TensorRules.Alternatives(plan);
        DropoutFill numbers = DropoutFill.OneOf(
            [.. fills.Select((fill, i) => fill == DropoutFill.LastValue ? fill : DropoutFill.Constant(-1 - i))]);
        DropoutPlan numbered = DropoutPlan.Create(plan.Options with { Fill = numbers }, plan.Length);
        TensorRules.CheckElements(rows.Length, plan.Length, "have");
        var elements = new double[rows.Length * plan.Length];
        for (int i = 0; i < elements.Length; i++)
            elements[i] = 1 + (i % plan.Length);
        numbered.ApplyRows(rows, elements, elements);

        long[] flat = [rows.Length, plan.Length];
        Tensor choices = tensor(Array.ConvertAll(elements, element => (long)element), flat, ScalarType.Int64, values.device);
        using Scalar one = 1;
        using Scalar zero = 0;
        Tensor results = values.reshape(flat).gather(1, choices.sub(one).clamp(min: zero)).reshape(values.shape);
        choices = choices.reshape(values.shape);
        for (int i = 0; i < fills.Count; i++)
        {
            if (fills[i] == DropoutFill.LastValue)
                continue;
            int fill = i;
            using Scalar number = -1 - i;
            results = where(
                choices.eq(number), Values(plan, channel => plan.GetFill(channel, fill), values.dtype, values.device), results);
        }

        return results;
    }

    // All channels of a group have the mask of the group.
    private static bool[] ToChannels(bool[] keep, DropoutPlan plan)
    {
        if (plan.Options.Groups is not { } groups)
            return keep;

        int[] groupOfChannel = [.. groups.SelectMany((size, group) => Enumerable.Repeat(group, size))];
        var ofChannels = new bool[keep.Length / plan.MaskLength * groupOfChannel.Length];
        for (int i = 0; i < ofChannels.Length; i++)
        {
            (int row, int channel) = Math.DivRem(i, groupOfChannel.Length);
            ofChannels[i] = keep[(row * plan.MaskLength) + groupOfChannel[channel]];
        }

        return ofChannels;
    }

    // A scale of 1 must not multiply, because that would change the bits of a signalling NaN.
    // Scalars live in variables, because the garbage collector may free one that TorchSharp converts implicitly during the call.
    private static Tensor Scale(Tensor values, DropoutPlan plan)
    {
        if (HasOneValue(plan, channel => plan.GetScale(channel)))
        {
            using Scalar scale = plan.GetScale(0);
            return plan.GetScale(0) == 1 ? values : values.mul(scale);
        }

        // Half types have too few bits for a scale, so the product is rounded and not its factors.
        ScalarType type = values.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        Tensor scales = Values(plan, channel => plan.GetScale(channel), type, values.device);
        using Scalar one = 1;
        return where(scales.eq(one), values, (values * scales).to(values.dtype));
    }

    // Made on the CPU, because some devices have no float64, and some change every NaN that they convert.
    private static Tensor Values(DropoutPlan plan, Func<int, double> valueOfChannel, ScalarType type, Device device)
    {
        Tensor values = HasOneValue(plan, valueOfChannel)
            ? tensor(valueOfChannel(0), type, CPU)
            : tensor(
                Enumerable.Range(0, TensorRules.CountChannels(plan)).Select(valueOfChannel).ToArray(),
                [1, .. plan.NoiseShape.Select(size => (long)size)], type, CPU);
        return values.to(device);
    }

    private static bool HasOneValue(DropoutPlan plan, Func<int, double> valueOfChannel)
    {
        double first = valueOfChannel(0);
        for (int channel = 1; channel < TensorRules.CountChannels(plan); channel++)
        {
            if (!valueOfChannel(channel).Equals(first))
                return false;
        }

        return true;
    }
}
