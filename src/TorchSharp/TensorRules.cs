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

    /// <summary>A tensor whose shape does not fit.</summary>
    [DoesNotReturn]
    public static void RefuseShape(string parameter, Tensor tensor, string allowed) =>
        throw new ArgumentException($"The tensor is of shape {Describe(tensor)}; allowed is {allowed}.", parameter);

    private static string Describe(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
