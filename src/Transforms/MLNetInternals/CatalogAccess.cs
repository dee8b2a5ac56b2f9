using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.SpatialDropout;

/// <summary>
/// Reads the environment (seed, log) behind ML.NET's catalogs, which ML.NET keeps to itself. Beside
/// <see cref="TrainingTimeHook"/> the only place that reaches into ML.NET.
/// </summary>
internal static class CatalogAccess
{
    public static IHostEnvironment GetEnvironment(this TransformsCatalog catalog) => EnvironmentOf(catalog);

    public static IHostEnvironment GetEnvironment(this DataOperationsCatalog catalog) => EnvironmentOf(catalog);

    /// <summary>The catalog of transforms of an environment.</summary>
    public static TransformsCatalog GetTransforms(this IHostEnvironment environment) => NewTransformsCatalog(environment);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_env")]
    private static extern ref IHostEnvironment EnvironmentOf(TransformsCatalog catalog);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_env")]
    private static extern ref IHostEnvironment EnvironmentOf(DataOperationsCatalog catalog);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern TransformsCatalog NewTransformsCatalog(IHostEnvironment environment);
}
