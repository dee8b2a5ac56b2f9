using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// The catalog's methods, with the backend in the options. The compiler finds these before those of namespace Microsoft.ML, so
/// that the contract tests, word for word, are tests of the backend here.
/// </summary>
internal static class BackendCatalog
{
    public static SpatialDropoutEstimator SpatialDropout(this TransformsCatalog catalog, SpatialDropoutOptions options) =>
        SpatialDropoutCatalog.SpatialDropout(catalog, options with { Backend = EveryDeviceBackend.Instance });

    public static SpatialDropoutEstimator SpatialDropout(
        this TransformsCatalog catalog, string outputColumnName, int channels, string? inputColumnName = null,
        double rate = SpatialDropoutOptions.DefaultRate, int? seed = null) =>
        catalog.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Channels = channels,
            Rate = rate,
            Seed = seed,
        });

    public static IDataView SpatialDropout(
        this DataOperationsCatalog catalog, IDataView input, SpatialDropoutOptions options) =>
        SpatialDropoutCatalog.SpatialDropout(catalog, input, options with { Backend = EveryDeviceBackend.Instance });
}
