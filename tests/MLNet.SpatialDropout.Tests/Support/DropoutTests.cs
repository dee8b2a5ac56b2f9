using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Creates the stages and views for tests that several projects run. A backend's project adds its backend to the options.
/// <see cref="LinkedTestsTests"/> checks that such tests create stages and views in no other way.
/// </summary>
public abstract partial class DropoutTests
{
    /// <summary>Creates a stage.</summary>
    protected static SpatialDropoutEstimator MakeStage(MLContext mlContext, SpatialDropoutOptions options) =>
        mlContext.Transforms.SpatialDropout(Complete(options));

    /// <summary>Creates a view.</summary>
    protected static IDataView MakeView(MLContext mlContext, IDataView input, SpatialDropoutOptions options) =>
        mlContext.Data.SpatialDropout(input, Complete(options));

    /// <summary>What the project adds to the options of a test.</summary>
    private static partial SpatialDropoutOptions Complete(SpatialDropoutOptions options);
}
