using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A plan's methods for tests that are generic over the element type.</summary>
internal static class PlanExtensions
{
    public static RowDropout<T> Rows<T>(this DropoutPlan plan)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (RowDropout<T>)(typeof(T) == typeof(float) ? (object)plan.Singles : plan.Doubles);

    public static void Apply<T>(this DropoutPlan plan, MaskKey key, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => plan.Rows<T>().Apply(in key, source, destination);

    public static void ApplyRows<T>(this DropoutPlan plan, MaskKey first, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => plan.Rows<T>().ApplyRows(in first, source, destination);

    public static void ApplyRows<T>(
        this DropoutPlan plan, ReadOnlySpan<MaskKey> keys, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => plan.Rows<T>().ApplyRows(keys, source, destination);
}
