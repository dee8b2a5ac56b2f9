using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.SpatialDropout;

/// <summary>
/// Reads the environment (seed, log) of ML.NET's catalogs, which is not public. The other places that use ML.NET's internals are
/// <see cref="TrainingTimeHook"/> and <see cref="FitStack"/>.
/// </summary>
internal static class CatalogAccess
{
    public static IHostEnvironment GetEnvironment(this TransformsCatalog catalog) => Reach(() => EnvironmentOf(catalog));

    public static IHostEnvironment GetEnvironment(this DataOperationsCatalog catalog) => Reach(() => EnvironmentOf(catalog));

    public static IHostEnvironment GetEnvironment(this TrainCatalogBase catalog) => Reach(() => EnvironmentOf(catalog));

    /// <summary>The catalog of transforms of an environment.</summary>
    public static TransformsCatalog GetTransforms(this IHostEnvironment environment) =>
        Reach(() => NewTransformsCatalog(environment));

    /// <summary>The catalog of data operations of an environment.</summary>
    public static DataOperationsCatalog GetData(this IHostEnvironment environment) =>
        Reach(() => NewDataOperationsCatalog(environment));

    private static T Reach<T>(Func<T> reach)
    {
        try
        {
            return reach();
        }
        catch (MissingMemberException missing)
        {
            throw new NotSupportedException(
                $"{typeof(TransformsCatalog).Assembly.GetName()} keeps the environment of an MLContext where MLNet.SpatialDropout"
                + " does not find it. Use a version of ML.NET that this package was built for.",
                missing);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_env")]
    private static extern ref IHostEnvironment EnvironmentOf(TransformsCatalog catalog);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_env")]
    private static extern ref IHostEnvironment EnvironmentOf(DataOperationsCatalog catalog);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Environment")]
    private static extern IHostEnvironment EnvironmentOf(TrainCatalogBase catalog);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern TransformsCatalog NewTransformsCatalog(IHostEnvironment environment);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern DataOperationsCatalog NewDataOperationsCatalog(IHostEnvironment environment);
}
