using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace MLNet.SpatialDropout;

/// <summary>Inspects the call stack, because ML.NET does not say which chain or trainer is running.</summary>
/// <remarks>
/// The stack is that of the current thread. A chain that is fitted on another thread than its outer chain looks like an outer
/// chain.
/// </remarks>
internal static class FitStack
{
    // The internal interface of trainers that are older than ITrainerEstimator, such as field-aware factorization machines.
    private const string OldTrainer = "Microsoft.ML.ITrainer";

    // What a checkpoint or a trainer puts before itself. It passes values on.
    private static readonly string[] TransparentViews = ["CacheDataView", "RowShufflingTransformer"];

    // All trainers of these assemblies that read features leave out rows with NaN.
    private static readonly string?[] TrainersThatSkipMissing = ["Microsoft.ML.FastTree", "Microsoft.ML.StandardTrainers"];

    private const string TrimmingJustification =
        "The catalog's methods warn about trimming. A frame that was trimmed away can only cause a false alarm.";

    /// <summary>Whether a chain is being fitted.</summary>
    public static bool IsInChain() => CountChains() > 0;

    /// <summary>Whether a chain is being fitted as a stage of another chain.</summary>
    public static bool IsInNestedChain() => CountChains() > 1;

    /// <summary>Whether one of ML.NET's trainers is reading.</summary>
    public static bool IsInTrainer() => Callers().Any(caller => IsTrainer(caller.Type));

    /// <summary>Whether a trainer that leaves out rows with NaN is reading a view.</summary>
    /// <param name="isDirect">
    /// Whether nothing else is in between. The stack does not show what a view in between does to NaN.
    /// </param>
    // The innermost trainer counts, because OneVersusAll has another one inside.
    public static bool IsReadByTrainerThatSkipsMissing(out bool isDirect)
    {
        Type[] callers = [.. Callers().Select(caller => caller.Type)];
        int trainer = Array.FindIndex(callers, IsTrainer);
        isDirect = trainer >= 0 && !HasOtherView(callers.AsSpan(0, trainer));
        return trainer >= 0 && TrainersThatSkipMissing.Contains(callers[trainer].Assembly.GetName().Name);
    }

    /// <summary>Whether ML.NET's <c>Preview</c> is showing an estimator or a transformer.</summary>
    public static bool IsInPreview() => Callers().Any(caller =>
        caller.Type == typeof(DebuggerExtensions) && caller.Name == nameof(DebuggerExtensions.Preview));

    // A view has a frame of its own, and one of its abstract base after it. The compiler may leave out either.
    private static bool HasOtherView(ReadOnlySpan<Type> callers)
    {
        bool followsTransparent = false;
        foreach (Type caller in callers)
        {
            bool isTransparent = TransparentViews.Contains(caller.Name);
            if (!isTransparent && IsOtherView(caller) && !(caller.IsAbstract && followsTransparent))
                return true;
            followsTransparent = isTransparent;
        }

        return false;
    }

    private static bool IsOtherView(Type type) =>
        typeof(IDataView).IsAssignableFrom(type) && type.Assembly != typeof(FitStack).Assembly;

    private static int CountChains() => Callers().Count(caller => caller.Name == nameof(EstimatorChain<>.Fit)
        && caller.Type.IsGenericType && caller.Type.GetGenericTypeDefinition() == typeof(EstimatorChain<>));

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = TrimmingJustification)]
    private static bool IsTrainer(Type type) => Array.Exists(type.GetInterfaces(), IsTrainerInterface);

    private static bool IsTrainerInterface(Type type) => type.FullName == OldTrainer
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ITrainerEstimator<,>));

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = TrimmingJustification)]
    private static IEnumerable<(Type Type, string Name)> Callers() =>
        from frame in new StackTrace().GetFrames()
        let method = frame.GetMethod()
        where method?.DeclaringType is not null
        select (method.DeclaringType, method.Name);
}
