using MLNet.SpatialDropout;

namespace Microsoft.ML;

/// <summary>
/// The extension methods of <see cref="TransformsCatalog"/> and <see cref="DataOperationsCatalog"/> for channel-wise dropout.
/// </summary>
/// <example>
/// <code>
/// var stage = mlContext.Transforms.SpatialDropout("Features", channels: 6, rate: 0.3);   // drops while its chain is fitted
/// IDataView seen = mlContext.Data.SpatialDropout(train, stage.Options);   // what it trains on; drops whenever it is read
/// </code>
/// </example>
public static class SpatialDropoutCatalog
{
    /// <summary>
    /// Adds a stage that drops whole channels of a [time, channels] vector while the chain is fitted, and does nothing
    /// afterwards.
    /// </summary>
    /// <param name="catalog">The transforms of an MLContext.</param>
    /// <param name="outputColumnName">The column to write the result to.</param>
    /// <param name="channels">The number of channels, one coin each. It divides the vector's length.</param>
    /// <param name="inputColumnName">
    /// The column to read: a vector of known size of <see cref="float"/> or <see cref="double"/>. Null, the default, is
    /// <paramref name="outputColumnName"/>.
    /// </param>
    /// <param name="rate">The probability, 0 to 1, that a channel drops. Default: 0.5.</param>
    /// <param name="seed">The seed of the masks. Null, the default, is drawn from the MLContext.</param>
    /// <remarks>
    /// One mask for each row, and kept values are multiplied by 1 / (1 - rate), as in the layers of Keras and PyTorch. Against
    /// sensors that fail, with few rows or before trees, copies without scaling do more: see
    /// <see cref="SpatialDropout(TransformsCatalog, SpatialDropoutOptions)"/>, which also has other layouts and fills.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="catalog"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is missing or empty.</exception>
    /// <exception cref="NotSupportedException">This package was not built for this version of ML.NET.</exception>
    /// <example>
    /// <code>
    /// var pipeline = mlContext.Transforms.NormalizeMeanVariance("Features")
    ///     .Append(mlContext.Transforms.SpatialDropout("Features", channels: 6, rate: 0.3))
    ///     .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
    /// </code>
    /// </example>
    public static SpatialDropoutEstimator SpatialDropout(
        this TransformsCatalog catalog,
        string outputColumnName,
        int channels,
        string? inputColumnName = null,
        double rate = SpatialDropoutOptions.DefaultRate,
        int? seed = null) =>
        catalog.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Channels = channels,
            Rate = rate,
            Seed = seed,
        });

    /// <summary>
    /// Adds a stage that drops channels, or other groups of elements, of a vector while the chain is fitted, and does nothing
    /// afterwards.
    /// </summary>
    /// <param name="catalog">The transforms of an MLContext.</param>
    /// <param name="options">What to drop, how often, and what becomes of it.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">Options are missing or contradict each other.</exception>
    /// <exception cref="NotSupportedException">This package was not built for this version of ML.NET.</exception>
    /// <example>
    /// <code>
    /// var stage = mlContext.Transforms.SpatialDropout(new SpatialDropoutOptions
    /// {
    ///     OutputColumnName = "Features",
    ///     Channels = 6,
    ///     Rate = 0.3,
    ///     Copies = 4,
    ///     KeepOriginal = true,
    ///     Scaling = DropoutScaling.None,
    /// });
    /// </code>
    /// </example>
    public static SpatialDropoutEstimator SpatialDropout(this TransformsCatalog catalog, SpatialDropoutOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new SpatialDropoutEstimator(catalog.GetEnvironment(), options);
    }

    /// <summary>
    /// Adds a stage of plain dropout, one coin per element, while the chain is fitted; it does nothing afterwards.
    /// </summary>
    /// <param name="catalog">The transforms of an MLContext.</param>
    /// <param name="outputColumnName">The column to write the result to.</param>
    /// <param name="inputColumnName">
    /// The column to read: a vector of known size of <see cref="float"/> or <see cref="double"/>. Null, the default, is
    /// <paramref name="outputColumnName"/>.
    /// </param>
    /// <param name="rate">The probability, 0 to 1, that an element drops. Default: 0.5.</param>
    /// <param name="seed">The seed of the masks. Null, the default, is drawn from the MLContext.</param>
    /// <remarks>
    /// Kept values are multiplied by 1 / (1 - rate). Source: Srivastava et al. 2014, <em>Dropout: A Simple Way to Prevent
    /// Neural Networks from Overfitting</em>; Keras' <c>Dropout</c>. For copies and the rest use
    /// <see cref="SpatialDropout(TransformsCatalog, SpatialDropoutOptions)"/> with <c>PerElement = true</c>.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="catalog"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is missing or empty.</exception>
    /// <exception cref="NotSupportedException">This package was not built for this version of ML.NET.</exception>
    /// <example>
    /// <code>
    /// var stage = mlContext.Transforms.Dropout("Features", rate: 0.2);   // a fifth of all values, wherever they stand
    /// </code>
    /// </example>
    public static SpatialDropoutEstimator Dropout(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        double rate = SpatialDropoutOptions.DefaultRate,
        int? seed = null) =>
        catalog.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            PerElement = true,
            Rate = rate,
            Seed = seed,
        });

    /// <summary>
    /// A dropped-out view of any data, at any time: for outage stress tests, Monte-Carlo dropout, or augmented data sets on
    /// disk.
    /// </summary>
    /// <param name="catalog">The data operations of an MLContext.</param>
    /// <param name="input">The view to read. Its own data are never written to.</param>
    /// <param name="options">What to drop, how often, and what becomes of it.</param>
    /// <returns>
    /// A view with the schema of <paramref name="input"/> (and the output column, where the names differ), each row as often as
    /// <see cref="SpatialDropoutOptions.Copies"/> and <see cref="SpatialDropoutOptions.KeepOriginal"/> say. It is lazy
    /// (only a <see cref="DropoutFill.ChannelMean"/> is learned at once), and every pass gives the same rows.
    /// </returns>
    /// <remarks>
    /// Unlike a stage it drops always. To train with dropout and predict without it, use a stage. Split data before you expand
    /// them: copies of one row on both sides of a split make a test worthless.
    /// </remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or a column does not fit.</exception>
    /// <exception cref="ArgumentException">Options are missing or contradict each other.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no finite values to learn a <see cref="DropoutFill.ChannelMean"/> from, or a row met on the way is not as
    /// long as its column promises.
    /// </exception>
    /// <exception cref="NotSupportedException">This package was not built for this version of ML.NET.</exception>
    /// <example>
    /// <code>
    /// IDataView outage = mlContext.Data.SpatialDropout(testData, new SpatialDropoutOptions
    /// {
    ///     OutputColumnName = "Features",
    ///     Channels = 6,
    ///     Rate = 0.3,
    ///     Scaling = DropoutScaling.None,
    ///     Seed = 1,    // the same damage whenever the view is made
    /// });
    /// var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(outage));
    /// </code>
    /// </example>
    public static IDataView SpatialDropout(this DataOperationsCatalog catalog, IDataView input, SpatialDropoutOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(input);
        return new SpatialDropoutEstimator(catalog.GetEnvironment(), options).DropOut(input);
    }
}
