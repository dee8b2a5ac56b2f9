namespace MLNet.SpatialDropout.Tests;

/// <summary>Either element type by one name.</summary>
internal static class PlanExtensions
{
    /// <summary>What <see cref="DropoutPlan"/> makes of rows.</summary>
    public static T[] Apply<T>(this DropoutPlan plan, MaskKey[] keys, T[] source)
        where T : unmanaged
    {
        var destination = new T[source.Length];
        if (source is float[] singles)
            plan.ApplyRows(keys, singles, (float[])(object)destination);
        else
            plan.ApplyRows(keys, (double[])(object)source, (double[])(object)destination);
        return destination;
    }
}
