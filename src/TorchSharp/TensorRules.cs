using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>What is checked of tensors before anything is dropped.</summary>
internal static class TensorRules
{
    /// <summary>Whether dropout knows the tensor's type.</summary>
    public static void CheckType(Tensor tensor, string parameter)
    {
        if (tensor.dtype is not (ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16))
            throw new ArgumentException(
                $"The tensor of shape {Describe(tensor)} is of type {tensor.dtype}; allowed are Float32, Float64, Float16 and"
                + " BFloat16.",
                parameter);
    }

    /// <summary>Whether the masks of all rows fit into an array.</summary>
    public static void CheckCoins(int rows, DropoutPlan plan)
    {
        if ((long)rows * plan.CoinCount > Array.MaxLength)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"{rows} rows of {plan.CoinCount} coins each have more than the {Array.MaxLength} coins that can be drawn")
                + " at once. Give fewer rows at a time.");
    }

    /// <summary>A tensor whose shape does not fit.</summary>
    [DoesNotReturn]
    public static void RefuseShape(string parameter, Tensor tensor, string allowed) =>
        throw new ArgumentException($"The tensor is of shape {Describe(tensor)}; allowed is {allowed}.", parameter);

    private static string Describe(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
