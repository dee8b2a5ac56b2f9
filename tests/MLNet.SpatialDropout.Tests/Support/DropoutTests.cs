using Microsoft.ML;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// Makes the stages and views of tests that several projects run, each with its own options: the project of a backend puts the
/// backend in. A test makes no stage or view in another way; <see cref="LinkedTestsTests"/> sees to that.
/// </summary>
public abstract partial class DropoutTests
{
    /// <summary>Makes a stage.</summary>
    protected static SpatialDropoutEstimator MakeStage(MLContext mlContext, SpatialDropoutOptions options) =>
        mlContext.Transforms.SpatialDropout(Complete(options));

    /// <summary>Makes a view.</summary>
    protected static IDataView MakeView(MLContext mlContext, IDataView input, SpatialDropoutOptions options) =>
        mlContext.Data.SpatialDropout(input, Complete(options));

    /// <summary>What the project adds to the options of a test.</summary>
    private static partial SpatialDropoutOptions Complete(SpatialDropoutOptions options);
}
