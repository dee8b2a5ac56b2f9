using static TorchSharp.torch;

namespace MLNet.SpatialDropout;

/// <summary>Dropout by tensor operations only: for any device and floating-point type, and differentiable.</summary>
internal static class DeviceDropout
{
    /// <summary>keep ? value x scale : fill, with masks drawn on the CPU.</summary>
    /// <param name="values">[rows, axes of the plan's shape].</param>
    /// <param name="plan">What to drop.</param>
    /// <param name="rows">What names the masks.</param>
    /// <returns>A tensor of the same shape, type and device.</returns>
    public static Tensor Apply(Tensor values, DropoutPlan plan, ReadOnlySpan<MaskKey> rows)
    {
        (Tensor keep, Tensor? touched) = DrawMasks(plan, rows, values.device);
        Tensor scaled = Scale(values, plan);
        if (touched is not null && !ReferenceEquals(scaled, values))
            scaled = where(touched, scaled, values);
        return where(keep, scaled, Values(plan, coin => plan.GetFill(coin), values.dtype, values.device));
    }

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
            tensor(keep, noiseShape, ScalarType.Bool, device),
            Array.IndexOf(touched, false) < 0 ? null : tensor(touched, rowShape, ScalarType.Bool, device));
    }

    // A scale of 1 must not multiply, because that would change the bits of a signalling NaN.
    private static Tensor Scale(Tensor values, DropoutPlan plan)
    {
        if (HasOneValue(plan, coin => plan.GetScale(coin)))
            return plan.GetScale(0) == 1 ? values : values * plan.GetScale(0);

        // Half types have too few bits for a scale, so the product is rounded and not its factors.
        ScalarType type = values.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        Tensor scales = Values(plan, coin => plan.GetScale(coin), type, values.device);
        return where(scales == 1, values, (values * scales).to(values.dtype));
    }

    // Made on the CPU, because some devices have no float64, and some change every NaN that they convert.
    private static Tensor Values(DropoutPlan plan, Func<int, double> valueOfCoin, ScalarType type, Device device)
    {
        Tensor values = HasOneValue(plan, valueOfCoin)
            ? tensor(valueOfCoin(0), type, CPU)
            : tensor(
                Enumerable.Range(0, plan.MaskLength).Select(valueOfCoin).ToArray(),
                [1, .. plan.NoiseShape.Select(size => (long)size)], type, CPU);
        return values.to(device);
    }

    private static bool HasOneValue(DropoutPlan plan, Func<int, double> valueOfCoin)
    {
        double first = valueOfCoin(0);
        for (int coin = 1; coin < plan.MaskLength; coin++)
        {
            if (!valueOfCoin(coin).Equals(first))
                return false;
        }

        return true;
    }
}
