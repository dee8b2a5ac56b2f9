using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>Checks tensors before anything is dropped.</summary>
internal static class TensorRules
{
    /// <summary>Checks that the tensor has a supported type.</summary>
    public static void CheckType(Tensor tensor, string parameter)
    {
        if (tensor.dtype is not (ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16))
            throw new ArgumentException(
                $"The tensor of shape {Describe(tensor)} is of type {tensor.dtype}; allowed are Float32, Float64, Float16 and"
                + " BFloat16.",
                parameter);
    }

    /// <summary>Whether what a dropped value becomes, or whether it drops, differs from row to row beside the mask.</summary>
    public static bool IsByRow(DropoutPlan plan) => plan.Options is { OutageSteps: not null } or { Fill.Fills: not null }
        || plan.Options.Fill == DropoutFill.LastValue;

    /// <summary>The fills that are drawn, or the only one.</summary>
    public static IReadOnlyList<DropoutFill> Alternatives(DropoutPlan plan) => plan.Options.Fill.Fills ?? [plan.Options.Fill];

    /// <summary>The number of channels of a row: the product of the noise shape.</summary>
    public static int CountChannels(DropoutPlan plan) => plan.NoiseShape.Aggregate(1, (count, size) => count * size);

    /// <summary>Checks that the tensor's type can hold what dropped values become.</summary>
    public static void CheckFill(DropoutPlan plan, ScalarType type)
    {
        double largest = type switch
        {
            ScalarType.Float16 => (double)Half.MaxValue,
            ScalarType.Float64 => double.MaxValue,

            // bfloat16 has the range of float32, but for the last digits.
            ScalarType.BFloat16 => BitConverter.UInt32BitsToSingle(0x7F7F0000),
            _ => float.MaxValue,
        };
        foreach ((int channel, double fill) in FillsOf(plan))
        {
            if (double.IsFinite(fill) && Math.Abs(fill) > largest)
                throw new ArgumentOutOfRangeException(
                    nameof(plan), fill,
                    FormattableString.Invariant(
                        $"Fill is {plan.Options.Fill}: channel {channel} would become {fill}, but a tensor of {type} holds at most")
                    + FormattableString.Invariant($" {largest}. Use another fill, or a tensor of Float64."));
        }
    }

    /// <summary>Checks that the masks of all rows fit into an array.</summary>
    public static void CheckMasks(int rows, DropoutPlan plan)
    {
        int elements = Math.Max(plan.MaskLength, CountChannels(plan));
        if ((long)rows * elements > Array.MaxLength)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"{rows} rows have masks of {elements} elements each, but at most {Array.MaxLength} elements can be drawn")
                + " at once. Pass fewer rows at a time.");
    }

    /// <summary>A tensor's shape does not fit.</summary>
    [DoesNotReturn]
    public static void ThrowShape(string parameter, Tensor tensor, string allowed) =>
        throw new ArgumentException($"The tensor is of shape {Describe(tensor)}; allowed is {allowed}.", parameter);

    private static string Describe(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";

    private static IEnumerable<(int Channel, double Fill)> FillsOf(DropoutPlan plan) =>
        from fill in Enumerable.Range(0, Alternatives(plan).Count)
        where Alternatives(plan)[fill] != DropoutFill.LastValue
        from channel in Enumerable.Range(0, Alternatives(plan)[fill].Value is null ? CountChannels(plan) : 1)
        select (channel, plan.GetFill(channel, fill));
}
