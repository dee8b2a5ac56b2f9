using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>Dropout by tensor operations only: for any device and floating-point type, and differentiable.</summary>
internal static class DeviceDropout
{
    /// <summary>keep ? value x scale : fill, with losses drawn on the CPU.</summary>
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
        (Tensor keep, Tensor? touched) = DrawMasks(plan, rows, values.device);
        Tensor results = Scale(values, plan);
        if (touched is not null && !ReferenceEquals(results, values))
            results = where(touched, results, values);

        Tensor lost = (noiseShape is null ? keep : keep.reshape(noiseShape)).logical_not();
        Tensor? firstSteps = null;
        if (plan.Options.OutageSteps is not null)
            (lost, firstSteps) = DrawSteps(lost, values, plan, rows);

        IReadOnlyList<DropoutFill> fills = TensorRules.Alternatives(plan);
        Tensor? fillOfChannel = fills.Count == 1 ? null : DrawFills(plan, rows, values.device);
        for (int i = 0; i < fills.Count; i++)
        {
            int fill = i;
            using Scalar number = i;
            Tensor takes = fillOfChannel is null ? lost : lost.logical_and(fillOfChannel.eq(number));
            Tensor becomes = fills[i] == DropoutFill.LastValue
                ? LastValues(values, plan, firstSteps)
                : Values(plan, channel => plan.GetFill(channel, fill), values.dtype, values.device);
            results = where(takes, becomes, results);
        }

        return results;
    }

    /// <summary>Results with the strides of the values that they come from.</summary>
    public static Tensor WithStridesOf(Tensor values, Tensor results) =>
        values.is_contiguous() ? results : empty_like(values, requires_grad: false).copy_(results);

    /// <summary>The masks of rows, [rows, axes of the noise shape], and which rows are touched, unless all are.</summary>
    public static (Tensor Keep, Tensor? Touched) DrawMasks(DropoutPlan plan, ReadOnlySpan<MaskKey> rows, Device device)
    {
        TensorRules.CheckMasks(rows.Length, plan);
        Tensor keep = empty([rows.Length, plan.MaskLength], ScalarType.Bool, CPU);
        var touched = new bool[rows.Length];
        plan.DrawMasks(rows, MemoryMarshal.Cast<byte, bool>(keep.bytes), touched);

        long[] rowShape = [rows.Length, .. plan.NoiseShape.Select(_ => 1L)];
        return (
            ToChannels(keep.to(device), plan),
            Array.IndexOf(touched, false) < 0 ? null : tensor(touched, rowShape, ScalarType.Bool, device));
    }

    // What is lost at the steps that are lost, and the first of these steps of each row, as an index along the axis of time.
    private static (Tensor Lost, Tensor FirstSteps) DrawSteps(
        Tensor lost, Tensor values, DropoutPlan plan, ReadOnlySpan<MaskKey> rows)
    {
        var firsts = new long[rows.Length];
        var ends = new long[rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            (int start, int count) = plan.DrawOutage(rows[row]);
            (firsts[row], ends[row]) = (start, start + count);
        }

        long steps = values.shape[TimeAxis(plan)];
        Tensor step = arange(steps, ScalarType.Int64, values.device).reshape(TimeAxis(plan) == 1 ? [1, steps, 1] : [1, 1, steps]);
        Tensor first = tensor(firsts, [rows.Length, 1, 1], ScalarType.Int64, values.device);
        Tensor end = tensor(ends, [rows.Length, 1, 1], ScalarType.Int64, values.device);
        return (lost.logical_and(step.ge(first)).logical_and(step.lt(end)), first);
    }

    // The number of the fill of each channel, [rows, axes of the noise shape].
    private static Tensor DrawFills(DropoutPlan plan, ReadOnlySpan<MaskKey> rows, Device device)
    {
        Tensor fills = empty([rows.Length, plan.MaskLength], ScalarType.Int32, CPU);
        Span<int> numbers = MemoryMarshal.Cast<byte, int>(fills.bytes);
        for (int row = 0; row < rows.Length; row++)
            plan.DrawFills(rows[row], numbers.Slice(row * plan.MaskLength, plan.MaskLength));
        return ToChannels(fills.to(device), plan);
    }

    // What each channel read before the first step that is lost.
    private static Tensor LastValues(Tensor values, DropoutPlan plan, Tensor? firstSteps)
    {
        int time = TimeAxis(plan);
        if (firstSteps is null)
            return values.narrow(time, 0, 1);

        using Scalar one = 1;
        using Scalar zero = 0;
        long[] oneStep = values.shape;
        oneStep[time] = 1;
        return values.gather(time, firstSteps.sub(one).clamp(min: zero).expand(oneStep));
    }

    private static int TimeAxis(DropoutPlan plan) => plan.Options.Layout == ChannelLayout.ChannelsLast ? 1 : 2;

    // From [rows, coins] to [rows, axes of the noise shape]. All channels of a group have what is drawn for the group.
    private static Tensor ToChannels(Tensor drawn, DropoutPlan plan)
    {
        if (plan.Options.Groups is { } groups)
        {
            long[] groupOfChannel = [.. groups.SelectMany((size, group) => Enumerable.Repeat((long)group, size))];
            drawn = drawn.index_select(1, tensor(groupOfChannel, ScalarType.Int64, drawn.device));
        }

        return drawn.reshape([drawn.shape[0], .. plan.NoiseShape.Select(size => (long)size)]);
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
