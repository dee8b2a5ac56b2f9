using System.Diagnostics.CodeAnalysis;
using MLNet.SpatialDropout;

namespace Microsoft.ML;

/// <summary>
/// The extension methods of <see cref="TransformsCatalog"/> and <see cref="DataOperationsCatalog"/> for channel-wise dropout.
/// </summary>
/// <example>
/// <code>
/// var stage = mlContext.Transforms.SpatialDropout("Features", channels: 6);   // drops while its chain is fitted
/// IDataView seen = mlContext.Data.SpatialDropout(train, stage.Options);       // what a trainer reads; drops on every pass
/// </code>
/// </example>
public static class SpatialDropoutCatalog
{
    private const int DefaultCopies = 4;

    private const string OverloadsRule = "RS0026:Do not add multiple overloads with optional parameters";
    private const string OverloadsJustification = "A name and a list of names cannot be mistaken for each other.";

    private const string TrimmingMessage = "ML.NET uses reflection, and a stage finds ML.NET's training-time hook by reflection.";
    private const string DynamicCodeMessage = "A stage emits the class that implements ML.NET's training-time hook.";

    /// <summary>
    /// Drops whole channels of a [time, channels] vector while the chain is fitted, and does nothing afterwards. Each row is
    /// trained on as it is and as <paramref name="copies"/> dropped-out copies, whose kept values do not change.
    /// </summary>
    /// <param name="catalog">The transforms of an MLContext.</param>
    /// <param name="outputColumnName">The column to write the result to.</param>
    /// <param name="channels">
    /// The number of channels. It divides the vector's length. Default: null, the last of the two dimensions that the column
    /// declares, such as 6 for <c>Vector&lt;Single, 128, 6&gt;</c>.
    /// </param>
    /// <param name="inputColumnName">
    /// The column to read: a vector of known size of <see cref="float"/> or <see cref="double"/>. Default: null, which means
    /// <paramref name="outputColumnName"/>.
    /// </param>
    /// <param name="rate">The probability, 0 to 1, that a channel of a copy drops. Default: 0.3.</param>
    /// <param name="copies">The number of dropped-out copies of each row, at least 1. The row itself comes first. Default: 4.</param>
    /// <param name="seed">The seed of the masks. Default: null, drawn from the MLContext.</param>
    /// <returns>The stage.</returns>
    /// <remarks>
    /// The defaults are what was measured best for trees and linear models. The trainer reads (1 + copies) times as many rows. For
    /// other layouts and fills, and for other combinations of these settings, use
    /// <see cref="SpatialDropout(TransformsCatalog, SpatialDropoutOptions)"/>.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="catalog"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is missing or empty.</exception>
    /// <exception cref="NotSupportedException">This package was not built for this version of ML.NET.</exception>
    /// <example>
    /// <code>
    /// var pipeline = mlContext.Transforms.SpatialDropout("Features", channels: 6)
    ///     .Append(mlContext.MulticlassClassification.Trainers.LightGbm());
    /// </code>
    /// </example>
    [SuppressMessage("ApiDesign", OverloadsRule, Justification = OverloadsJustification)]
    [RequiresUnreferencedCode(TrimmingMessage)]
    [RequiresDynamicCode(DynamicCodeMessage)]
    public static SpatialDropoutEstimator SpatialDropout(
        this TransformsCatalog catalog,
        string outputColumnName,
        int? channels = null,
        string? inputColumnName = null,
        double rate = DropoutOptions.DefaultRate,
        int copies = DefaultCopies,
        int? seed = null) =>
        catalog.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Channels = channels,
            Rate = rate,
            Copies = copies,
            KeepOriginal = true,
            Seed = seed,
        });

    /// <summary>
    /// Drops whole columns while the chain is fitted, and does nothing afterwards: each column is one sensor. Each row is trained on
    /// as it is and as <paramref name="copies"/> dropped-out copies, whose kept values do not change.
    /// </summary>
    /// <param name="catalog">The transforms of an MLContext.</param>
    /// <param name="columnNames">
    /// The columns: scalars or vectors of known size, of <see cref="float"/> or <see cref="double"/>, in any mixture.
    /// </param>
    /// <param name="rate">The probability, 0 to 1, that a column of a copy drops. Default: 0.3.</param>
    /// <param name="copies">The number of dropped-out copies of each row, at least 1. The row itself comes first. Default: 4.</param>
    /// <param name="seed">The seed of the masks. Default: null, drawn from the MLContext.</param>
    /// <returns>The stage.</returns>
    /// <remarks>
    /// The stage stands before the columns are joined. For columns of several sensors each, and for other fills, use
    /// <see cref="SpatialDropout(TransformsCatalog, SpatialDropoutOptions)"/>. Source: Neverova et al. 2016, <em>ModDrop</em>.
    /// </remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is missing or empty.</exception>
    /// <exception cref="NotSupportedException">This package was not built for this version of ML.NET.</exception>
    /// <example>
    /// <code>
    /// var pipeline = mlContext.Transforms.SpatialDropout(["Acceleration", "Rotation", "Temperature"])
    ///     .Append(mlContext.Transforms.Concatenate("Features", "Acceleration", "Rotation", "Temperature"))
    ///     .Append(mlContext.MulticlassClassification.Trainers.LightGbm());
    /// </code>
    /// </example>
    [SuppressMessage("ApiDesign", OverloadsRule, Justification = OverloadsJustification)]
    [RequiresUnreferencedCode(TrimmingMessage)]
    [RequiresDynamicCode(DynamicCodeMessage)]
    public static SpatialDropoutEstimator SpatialDropout(
        this TransformsCatalog catalog,
        string[] columnNames,
        double rate = DropoutOptions.DefaultRate,
        int copies = DefaultCopies,
        int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(columnNames);
        return catalog.SpatialDropout(new SpatialDropoutOptions
        {
            Columns = columnNames,
            Rate = rate,
            Copies = copies,
            KeepOriginal = true,
            Seed = seed,
        });
    }

    /// <summary>Drops out columns while the chain is fitted, as options say, and does nothing afterwards.</summary>
    /// <param name="catalog">The transforms of an MLContext.</param>
    /// <param name="options">What to drop, how often, and what a dropped value becomes.</param>
    /// <returns>The stage.</returns>
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
    ///     DroppedChannels = (1, 2),
    ///     Copies = 6,
    ///     KeepOriginal = true,
    /// });
    /// </code>
    /// </example>
    [RequiresUnreferencedCode(TrimmingMessage)]
    [RequiresDynamicCode(DynamicCodeMessage)]
    public static SpatialDropoutEstimator SpatialDropout(this TransformsCatalog catalog, SpatialDropoutOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new SpatialDropoutEstimator(catalog.GetEnvironment(), options);
    }

    /// <summary>
    /// Plain dropout: drops single elements of a vector while the chain is fitted, and does nothing afterwards. Each row is
    /// trained on as it is and as <paramref name="copies"/> dropped-out copies, whose kept values do not change.
    /// </summary>
    /// <param name="catalog">The transforms of an MLContext.</param>
    /// <param name="outputColumnName">The column to write the result to.</param>
    /// <param name="inputColumnName">
    /// The column to read: a vector of known size of <see cref="float"/> or <see cref="double"/>. Default: null, which means
    /// <paramref name="outputColumnName"/>.
    /// </param>
    /// <param name="rate">The probability, 0 to 1, that an element of a copy drops. Default: 0.3.</param>
    /// <param name="copies">The number of dropped-out copies of each row, at least 1. The row itself comes first. Default: 4.</param>
    /// <param name="seed">The seed of the masks. Default: null, drawn from the MLContext.</param>
    /// <returns>The stage.</returns>
    /// <remarks>
    /// Source: Srivastava et al. 2014, <em>Dropout: A Simple Way to Prevent Neural Networks from Overfitting</em>; Keras'
    /// <c>Dropout</c>, which scales kept values. For that use
    /// <see cref="SpatialDropout(TransformsCatalog, SpatialDropoutOptions)"/> with <c>PerElement = true</c> and
    /// <c>Scaling = DropoutScaling.Inverted</c>.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="catalog"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">A column name is missing or empty.</exception>
    /// <exception cref="NotSupportedException">This package was not built for this version of ML.NET.</exception>
    /// <example>
    /// <code>
    /// var stage = mlContext.Transforms.Dropout("Features", rate: 0.2);   // a fifth of the values of each copy
    /// </code>
    /// </example>
    [RequiresUnreferencedCode(TrimmingMessage)]
    [RequiresDynamicCode(DynamicCodeMessage)]
    public static SpatialDropoutEstimator Dropout(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        double rate = DropoutOptions.DefaultRate,
        int copies = DefaultCopies,
        int? seed = null) =>
        catalog.SpatialDropout(new SpatialDropoutOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            PerElement = true,
            Rate = rate,
            Copies = copies,
            KeepOriginal = true,
            Seed = seed,
        });

    /// <summary>
    /// Makes a dropped-out view of any data: to test a model against outages, for Monte-Carlo dropout, or to write augmented data
    /// to disk.
    /// </summary>
    /// <param name="catalog">The data operations of an MLContext.</param>
    /// <param name="input">The view to read. Its data never change.</param>
    /// <param name="options">What to drop, how often, and what a dropped value becomes.</param>
    /// <returns>
    /// A view with the schema of <paramref name="input"/>, plus the output column if the names differ. Each row comes as often as
    /// <see cref="SpatialDropoutOptions.Copies"/> and <see cref="SpatialDropoutOptions.KeepOriginal"/> say. The view is lazy,
    /// except that a <see cref="DropoutFill.ChannelMean"/> is learned at once. Every pass gives the same rows.
    /// </returns>
    /// <remarks>
    /// Unlike a stage, a view always drops. To train with dropout and predict without it, use a stage. Split data before you
    /// expand them: a test is worthless if copies of one row are on both sides of the split.
    /// </remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or a column does not fit.</exception>
    /// <exception cref="ArgumentException">Options are missing or contradict each other.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are no finite values to learn a <see cref="DropoutFill.ChannelMean"/> from, or a row is not as long as its column's
    /// type says.
    /// </exception>
    /// <exception cref="NotSupportedException">This package was not built for this version of ML.NET.</exception>
    /// <example>
    /// <code>
    /// IDataView outage = mlContext.Data.SpatialDropout(testData, new SpatialDropoutOptions
    /// {
    ///     OutputColumnName = "Features",
    ///     Channels = 6,
    ///     Seed = 1,    // the same damage whenever the view is made
    /// });
    /// var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(outage));
    /// </code>
    /// </example>
    [RequiresUnreferencedCode(TrimmingMessage)]
    [RequiresDynamicCode("A view with copies makes generic methods for the types of the columns.")]
    public static IDataView SpatialDropout(this DataOperationsCatalog catalog, IDataView input, SpatialDropoutOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(input);
        return new SpatialDropoutEstimator(catalog.GetEnvironment(), options).DropOut(input);
    }
}
