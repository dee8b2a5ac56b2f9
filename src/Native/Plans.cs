using System.Collections.Concurrent;

namespace MLNet.SpatialDropout;

/// <summary>The plans that callers hold.</summary>
/// <remarks>
/// What C has as a pointer is a number that is never used again. So a pointer that is no plan, or no longer one, is refused and
/// does not crash the process.
/// </remarks>
internal static class Plans
{
    private static readonly ConcurrentDictionary<nint, DropoutPlan> All = new();

    private static long _last;

    public static nint Add(DropoutPlan plan)
    {
        nint number = (nint)Interlocked.Increment(ref _last);
        All[number] = plan;
        return number;
    }

    public static DropoutPlan Get(nint plan) => All.TryGetValue(plan, out DropoutPlan? found) ? found : throw NoPlan(plan);

    /// <summary>Removes a plan. Zero is allowed.</summary>
    public static void Remove(nint plan)
    {
        if (plan != 0 && !All.TryRemove(plan, out _))
            throw NoPlan(plan);
    }

    private static ArgumentException NoPlan(nint plan) => new(
        plan == 0
            ? "plan is NULL. Make one with sd_plan_create."
            : "plan is no plan: sd_plan_create has not made it, or sd_plan_free has freed it.");
}
