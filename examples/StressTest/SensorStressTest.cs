using Microsoft.ML;
using MLNet.SpatialDropout;

namespace StressTest;

/// <summary>Scores the model with each sensor lost in turn.</summary>
public sealed class SensorStressTest
{
    private readonly MLContext _mlContext;
    private readonly StressTestSettings _settings;
    private readonly string _modelName;
    private readonly string _dataPath;
    private readonly IDataView _data;
    private readonly ModelKind _kind;
    private readonly bool _isCalibrated;
    private readonly ITransformer _model;

    /// <summary>Loads the files and checks that they fit together.</summary>
    /// <exception cref="UnfitFileException">A file cannot be read, or does not fit the other or the settings.</exception>
    /// <exception cref="Examples.TsFormatException">A <c>.ts</c> file cannot be read.</exception>
    public SensorStressTest(MLContext mlContext, string modelPath, string dataPath, StressTestSettings settings)
    {
        (_mlContext, _settings, _dataPath) = (mlContext, settings, dataPath);
        ModelFile model = ModelFile.Load(mlContext, modelPath);
        _modelName = Path.GetFileName(modelPath);
        _data = DataFile.Load(mlContext, dataPath, settings, model);
        DataViewSchema output = model.GetOutput(dataPath, _data.Schema);
        _kind = model.GetKind(output);
        _isCalibrated = output.GetColumnOrNull("Probability") is not null;
        Note = SlotNameCheck.Check(_data.Schema, settings);
        _model = LabelMapping.Append(mlContext, model, _kind, dataPath, _data, settings);
    }

    /// <summary>What looks wrong about files and settings, though it may be right; null if nothing does.</summary>
    public string? Note { get; }

    /// <exception cref="UnfitFileException">
    /// The files do not fit, the rows cannot be read, or there is nothing to measure.
    /// </exception>
    public StressReport Run()
    {
        try
        {
            StressReport report = Evaluate(_settings.ToOptions());
            return double.IsFinite(report.Clean)
                ? report
                : throw new UnfitFileException(
                    _dataPath,
                    $"{report.MetricName} cannot be measured: it needs labels that differ, and a score for each row of the file");
        }
        catch (Exception unfit) when (unfit is ArgumentException or FormatException or InvalidDataException
            or InvalidOperationException or IOException)
        {
            throw new UnfitFileException(_dataPath, unfit);
        }
    }

    private StressReport Evaluate(SpatialDropoutOptions options)
    {
        (string label, IReadOnlyList<string>? names) = (_settings.Label, _settings.Names);
        return _kind switch
        {
            ModelKind.Multiclass => Summarize(
                _mlContext.MulticlassClassification.EvaluateOutages(_model, _data, options, label, sensorNames: names),
                metrics => metrics.MicroAccuracy),
            ModelKind.Binary when _isCalibrated => Summarize(
                _mlContext.BinaryClassification.EvaluateOutages(_model, _data, options, label, sensorNames: names),
                metrics => metrics.Accuracy),
            ModelKind.Binary => Summarize(
                _mlContext.BinaryClassification.EvaluateOutagesNonCalibrated(_model, _data, options, label, sensorNames: names),
                metrics => metrics.Accuracy),
            ModelKind.Regression => Summarize(
                _mlContext.Regression.EvaluateOutages(_model, _data, options, label, sensorNames: names),
                metrics => metrics.RSquared),
            _ => Summarize(
                _mlContext.Ranking.EvaluateOutages(_model, _data, options, label, _settings.RowGroup, sensorNames: names),
                metrics => metrics.NormalizedDiscountedCumulativeGains[^1]),
        };
    }

    // OrderBy keeps the order of equal ones.
    private StressReport Summarize<TMetrics>(OutageReport<TMetrics> report, Func<TMetrics, double> metric)
        where TMetrics : class => new(
            _modelName, _kind, metric(report.Clean.Metrics),
            [.. report.SingleLosses
                .Select(loss => new SensorLoss(loss.Name, metric(loss.Metrics)))
                .OrderBy(loss => loss.Metric)],
            report.ChangesScores);
}
