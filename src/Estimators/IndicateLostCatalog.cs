using System.Diagnostics.CodeAnalysis;
using MLNet.SpatialDropout;

namespace Microsoft.ML;

/// <summary>The extension method of <see cref="TransformsCatalog"/> that flags lost sensors.</summary>
/// <example>
/// <code>
/// var flags = mlContext.Transforms.IndicateLost("Lost", options);
/// </code>
/// </example>
public static class IndicateLostCatalog
{
    /// <summary>
    /// Adds a flag for each sensor, 1 where all its readings in the row equal the fill, in training and in prediction. Linear models
    /// need the flags beside the features.
    /// </summary>
    /// <param name="catalog">The transforms of an MLContext.</param>
    /// <param name="outputColumnName">The column to write the flags to: a vector of <see cref="float"/>.</param>
    /// <param name="options">The options of the stage, which this one follows.</param>
    /// <returns>The estimator. See <see cref="LostSensorIndicatorEstimator"/> for what counts as lost.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">
    /// Options are missing or contradict each other, the fill cannot be indicated, or the name of the output column is missing or that
    /// of a column which is dropped out.
    /// </exception>
    /// <exception cref="NotSupportedException">This package was not built for this version of ML.NET.</exception>
    /// <example>
    /// <code>
    /// var options = new SpatialDropoutOptions
    /// {
    ///     OutputColumnName = "Features",
    ///     Channels = 6,
    ///     Copies = 4,
    ///     KeepOriginal = true,
    /// };
    /// var pipeline = mlContext.Transforms.SpatialDropout(options)
    ///     .Append(mlContext.Transforms.IndicateLost("Lost", options))
    ///     .Append(mlContext.Transforms.NormalizeMinMax("Features"))
    ///     .Append(mlContext.Transforms.Concatenate("Features", "Features", "Lost"))
    ///     .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
    /// </code>
    /// </example>
    [RequiresUnreferencedCode("ML.NET uses reflection.")]
    [RequiresDynamicCode("ML.NET compiles the comparison with the fill.")]
    public static LostSensorIndicatorEstimator IndicateLost(
        this TransformsCatalog catalog, string outputColumnName, SpatialDropoutOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new LostSensorIndicatorEstimator(catalog.GetEnvironment(), outputColumnName, options);
    }
}
