using System.Diagnostics;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace MLNet.SpatialDropout;

/// <summary>Who is fitting: what the call stack tells of ML.NET's chains and trainers, which tell it nobody else.</summary>
internal static class FitStack
{
    private const string CacheType = "Microsoft.ML.Data.CacheDataView";

    /// <summary>Whether a chain is being fitted as a stage of another chain.</summary>
    public static bool IsInNestedChain() =>
        Callers().Count(method => method.Type.IsGenericType && method.Type.GetGenericTypeDefinition() == typeof(EstimatorChain<>)
            && method.Name == nameof(EstimatorChain<>.Fit)) > 1;

    /// <summary>Whether a trainer is reading, or a cache on behalf of whoever will read it next.</summary>
    public static bool IsInTrainerOrCache() =>
        Callers().Any(method => method.Type.FullName == CacheType || method.Type.GetInterfaces().Any(
            type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ITrainerEstimator<,>)));

    private static IEnumerable<(Type Type, string Name)> Callers() =>
        from frame in new StackTrace().GetFrames()
        let method = frame.GetMethod()
        where method?.DeclaringType is not null
        select (method.DeclaringType, method.Name);
}
