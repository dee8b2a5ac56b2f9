using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

namespace Microsoft.ML;

/// <summary>The extension methods of <see cref="RegressionCatalog"/> that say what a failing sensor costs.</summary>
/// <example>
/// <code>
/// var report = mlContext.Regression.EvaluateOutages(model, test, options);
/// </code>
/// </example>
public static class RegressionOutages
{
    /// <summary>
    /// Evaluates a regression with all sensors, and with each sensor lost in turn: what a failing sensor costs.
    /// </summary>
    /// <param name="catalog">The catalog of an MLContext.</param>
    /// <param name="model">A trained model that reads the columns of the options. It needs no stage of this library.</param>
    /// <param name="data">
    /// Data that the model was not trained on. They are read once with all sensors, and once for each loss. A
    /// <see cref="DropoutFill.ChannelMean"/> is learned from them, in one pass more.
    /// </param>
    /// <param name="options">
    /// How sensors lie in the data (<see cref="DropoutOptions.Channels"/>, <see cref="DropoutOptions.Groups"/>,
    /// <see cref="DropoutOptions.Shape"/>, <see cref="SpatialDropoutOptions.Columns"/>), and what a lost one reads
    /// (<see cref="DropoutOptions.Fill"/>, <see cref="DropoutOptions.OutageSteps"/>). Rates, counts and copies are ignored, so
    /// these can be the options of a stage. If names differ, the column is <see cref="SpatialDropoutOptions.InputColumnName"/>.
    /// </param>
    /// <param name="labelColumnName">The column of the truth, in the output of the model. Default: <c>Label</c>.</param>
    /// <param name="scoreColumnName">The column of the scores. Default: <c>Score</c>.</param>
    /// <param name="sensorNames">
    /// What the sensors are called. Default: null, the names of the columns or of their slots, or else numbers from 0.
    /// </param>
    /// <param name="lostPairs">Whether each pair of sensors is lost too. Default: false.</param>
    /// <param name="progress">Is told of each pass over the data. ML.NET's log is told too. Default: null.</param>
    /// <returns>The metrics of each loss, which print as a table.</returns>
    /// <remarks>
    /// In every row of the data the same sensor is lost. The model's own transforms come after the loss. Rows without a score
    /// count as wrong, unlike in <c>Evaluate</c>: see <see cref="OutageReport{TMetrics}"/>.
    /// </remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An option is out of range, a column is missing or does not fit, or the model does not read the columns of the options,
    /// because it makes columns of these names itself.
    /// </exception>
    /// <exception cref="ArgumentException">Options contradict each other, or the names of the sensors do not fit.</exception>
    /// <exception cref="InvalidOperationException">
    /// No row has a label, there are no finite values to learn a <see cref="DropoutFill.ChannelMean"/> from, or a row is not as
    /// long as its column's type says.
    /// </exception>
    /// <exception cref="NotSupportedException">This package was not built for this version of ML.NET.</exception>
    /// <example>
    /// <code>
    /// var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6, Fill = DropoutFill.Missing };
    /// Console.WriteLine(mlContext.Regression.EvaluateOutages(model, test, options));
    /// </code>
    /// </example>
    [RequiresUnreferencedCode("ML.NET uses reflection.")]
    [RequiresDynamicCode("ML.NET compiles code for the types of columns.")]
    public static OutageReport<RegressionMetrics> EvaluateOutages(
        this RegressionCatalog catalog,
        ITransformer model,
        IDataView data,
        SpatialDropoutOptions options,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        IReadOnlyList<string>? sensorNames = null,
        bool lostPairs = false,
        IProgress<OutageProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        OutageTask<RegressionMetrics> task = CreateTask(catalog, labelColumnName, scoreColumnName);
        return new OutageEvaluation<RegressionMetrics>(catalog.GetEnvironment(), task, options, sensorNames, lostPairs, progress)
            .Evaluate(model, data);
    }

    /// <summary>
    /// Trains a regression for each fold of the data, and evaluates it on the fold, with all sensors and with each sensor lost in
    /// turn: to choose a stage, its rate or its fill.
    /// </summary>
    /// <param name="catalog">The catalog of an MLContext.</param>
    /// <param name="data">The data.</param>
    /// <param name="estimator">The pipeline, with the stage or without.</param>
    /// <param name="options">
    /// How sensors lie in the data (<see cref="DropoutOptions.Channels"/>, <see cref="DropoutOptions.Groups"/>,
    /// <see cref="DropoutOptions.Shape"/>, <see cref="SpatialDropoutOptions.Columns"/>), and what a lost one reads
    /// (<see cref="DropoutOptions.Fill"/>, <see cref="DropoutOptions.OutageSteps"/>). Rates, counts and copies are ignored, so
    /// these can be the options of a stage. If names differ, the column is <see cref="SpatialDropoutOptions.InputColumnName"/>.
    /// </param>
    /// <param name="numberOfFolds">The number of folds, at least 2. Default: 5.</param>
    /// <param name="labelColumnName">The column of the truth, in the output of the model. Default: <c>Label</c>.</param>
    /// <param name="samplingKeyColumnName">
    /// A column whose equal values stay in one fold, such as a session. Default: null.
    /// </param>
    /// <param name="seed">The seed of the folds. Default: null, the seed of the MLContext.</param>
    /// <param name="sensorNames">
    /// What the sensors are called. Default: null, the names of the columns or of their slots, or else numbers from 0.
    /// </param>
    /// <param name="lostPairs">Whether each pair of sensors is lost too. Default: false.</param>
    /// <param name="progress">Is told of each pass over the data. ML.NET's log is told too. Default: null.</param>
    /// <returns>A report for each fold.</returns>
    /// <remarks>
    /// A stage in the pipeline affects only the training rows. The folds are those of ML.NET's <c>CrossValidate</c>.
    /// </remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An option or the number of folds is out of range, a column is missing or does not fit, or the model does not read the
    /// columns of the options, because it makes columns of these names itself.
    /// </exception>
    /// <exception cref="ArgumentException">Options contradict each other, or the names of the sensors do not fit.</exception>
    /// <exception cref="InvalidOperationException">
    /// No row has a label, there are no finite values to learn a <see cref="DropoutFill.ChannelMean"/> from, or a row is not as
    /// long as its column's type says.
    /// </exception>
    /// <exception cref="NotSupportedException">This package was not built for this version of ML.NET.</exception>
    /// <example>
    /// <code>
    /// var options = new SpatialDropoutOptions { OutputColumnName = "Features", Channels = 6 };
    /// var folds = mlContext.Regression.CrossValidateOutages(data, pipeline, options);
    /// double clean = folds.Average(fold => fold.Clean.Metrics.RSquared);
    /// double worst = folds.Average(fold => fold.Worst().Metrics.RSquared);
    /// </code>
    /// </example>
    [RequiresUnreferencedCode("ML.NET uses reflection.")]
    [RequiresDynamicCode("ML.NET compiles code for the types of columns.")]
    public static IReadOnlyList<OutageReport<RegressionMetrics>> CrossValidateOutages(
        this RegressionCatalog catalog,
        IDataView data,
        IEstimator<ITransformer> estimator,
        SpatialDropoutOptions options,
        int numberOfFolds = 5,
        string labelColumnName = "Label",
        string? samplingKeyColumnName = null,
        int? seed = null,
        IReadOnlyList<string>? sensorNames = null,
        bool lostPairs = false,
        IProgress<OutageProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        OutageTask<RegressionMetrics> task = CreateTask(catalog, labelColumnName);
        return new OutageEvaluation<RegressionMetrics>(catalog.GetEnvironment(), task, options, sensorNames, lostPairs, progress)
            .CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed);
    }

    private static OutageTask<RegressionMetrics> CreateTask(
        RegressionCatalog catalog, string label, string score = "Score") => new()
        {
            LabelColumnName = label,
            LabelTypes = "Single",
            LabelCure = "Convert it inside the pipeline, with ConvertType",
            IsLabel = type => type == NumberDataViewType.Single,
            ScoreColumnName = score,

            // No finite error is as bad as no prediction.
            WrongScore = _ => float.PositiveInfinity,
            Evaluate = scored => catalog.Evaluate(scored, label, score),
            Metrics =
        [
            new("RSquared", metrics => metrics.RSquared),
            new("RootMeanSquaredError", metrics => metrics.RootMeanSquaredError, LessIsBetter: true),
            new("MeanAbsoluteError", metrics => metrics.MeanAbsoluteError, LessIsBetter: true),
        ],
        };
}
