using System.Diagnostics;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace MLNet.SpatialDropout;

/// <summary>
/// Who is fitting: what the call stack tells of ML.NET's chains and trainers, which tell it nobody else.
/// </summary>
/// <remarks>
/// A stack shows its own thread alone: a chain that is fitted on another thread than the chain around it looks like the
/// outermost.
/// </remarks>
internal static class FitStack
{
    // The internal interface of trainers that are older than ITrainerEstimator, such as field-aware factorization machines.
    private const string OldTrainer = "Microsoft.ML.ITrainer";

    /// <summary>Whether a chain is being fitted as a stage of another chain.</summary>
    public static bool IsInNestedChain() => Callers().Count(caller => caller.Name == nameof(EstimatorChain<>.Fit)
        && caller.Type.IsGenericType && caller.Type.GetGenericTypeDefinition() == typeof(EstimatorChain<>)) > 1;

    /// <summary>Whether one of ML.NET's trainers is reading.</summary>
    public static bool IsInTrainer() => Callers().Any(caller => Array.Exists(caller.Type.GetInterfaces(), IsTrainer));

    private static bool IsTrainer(Type type) => type.FullName == OldTrainer
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ITrainerEstimator<,>));

    private static IEnumerable<(Type Type, string Name)> Callers() =>
        from frame in new StackTrace().GetFrames()
        let method = frame.GetMethod()
        where method?.DeclaringType is not null
        select (method.DeclaringType, method.Name);
}
