using System.Numerics;

namespace MLNet.SpatialDropout.Tests;

/// <summary>A plan's methods for tests that are generic over the element type.</summary>
internal static class PlanExtensions
{
    public static void Apply<T>(this DropoutPlan plan, MaskKey key, ReadOnlySpan<T> source, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        object rows = typeof(T) == typeof(float) ? plan.Singles : plan.Doubles;
        ((RowDropout<T>)rows).Apply(in key, source, destination);
    }
}
