using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.SpatialDropout;

/// <summary>Scores a model with each sensor lost in turn. What all tasks share.</summary>
/// <typeparam name="TMetrics">ML.NET's metrics of the task.</typeparam>
internal sealed class OutageEvaluation<TMetrics>
    where TMetrics : class
{
    private readonly IHost _host;
    private readonly OutageTask<TMetrics> _task;
    private readonly SpatialDropoutOptions _options;
    private readonly IReadOnlyList<string>? _sensorNames;
    private readonly bool _lostPairs;
    private readonly IProgress<OutageProgress>? _progress;

    /// <param name="environment">The environment of the task's catalog.</param>
    /// <param name="task">The task.</param>
    /// <param name="options">How sensors lie in the data, and what a lost one reads.</param>
    /// <param name="sensorNames">What the sensors are called, if the caller says so.</param>
    /// <param name="lostPairs">Whether pairs of sensors are lost too.</param>
    /// <param name="progress">Told after each pass over the data.</param>
    public OutageEvaluation(
        IHostEnvironment environment, OutageTask<TMetrics> task, SpatialDropoutOptions options,
        IReadOnlyList<string>? sensorNames, bool lostPairs, IProgress<OutageProgress>? progress)
    {
        ArgumentNullException.ThrowIfNull(options);
        ColumnRules.CheckOptions(options);
        _host = environment.Register("EvaluateOutages");
        (_task, _sensorNames, _lostPairs, _progress) = (task, sensorNames, lostPairs, progress);

        // Of a stage's options those that say what a row looks like and what a lost sensor reads. The column that the stage reads
        // is the one that the data have.
        _options = options with
        {
            OutputColumnName = options.Columns is null ? options.SourceColumnNames[0] : "",
            InputColumnName = null,
            Rate = 0,
            Rates = null,
            DroppedChannels = null,
            LostChannels = null,
            MinKept = 0,
            RowProbability = 1,
            Scaling = DropoutScaling.None,
            Copies = 1,
            KeepOriginal = false,
            Backend = null,

            // Which sensor is lost is given. Only these draw anything else for a row.
            MaskKeyColumnName = options.OutageSteps is null && options.Fill.Fills is null ? null : options.MaskKeyColumnName,
            Seed = options.Seed ?? _host.Rand.Next(),
        };
    }

    /// <summary>Scores one model.</summary>
    public OutageReport<TMetrics> Evaluate(ITransformer model, IDataView data)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        using IChannel channel = _host.Start(nameof(Evaluate));
        return Evaluate(model, data, channel, fold: 0, folds: 1);
    }

    /// <summary>Trains and scores a model for each fold.</summary>
    public IReadOnlyList<OutageReport<TMetrics>> CrossValidate(
        IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds, string? samplingKeyColumnName, int? seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(estimator);
        if (numberOfFolds < 2)
            ThrowHelper.ThrowOutOfRange(nameof(numberOfFolds), numberOfFolds, "at least 2");

        // Before any model is trained.
        NameSensors(data);
        ColumnRules.CheckMaskKey(_options, data.Schema, nameof(data));
        if (samplingKeyColumnName is not null && data.Schema.GetColumnOrNull(samplingKeyColumnName) is null)
            ColumnThrowHelper.ThrowMissing(
                nameof(samplingKeyColumnName), samplingKeyColumnName, "a column of the data whose equal values stay in one fold",
                data.Schema.Select(column => column.Name),
                "If the pipeline makes it, name the column that it is made from");

        using IChannel channel = _host.Start(nameof(CrossValidate));
        var reports = new List<OutageReport<TMetrics>>();
        foreach (DataOperationsCatalog.TrainTestData split in
            _host.GetData().CrossValidationSplit(data, numberOfFolds, samplingKeyColumnName, seed))
        {
            channel.Info(MessageSensitivity.None, Invariant($"Fold {reports.Count + 1} of {numberOfFolds}: training"));
            reports.Add(Evaluate(estimator.Fit(split.TrainSet), split.TestSet, channel, reports.Count, numberOfFolds));
        }

        return reports;
    }

    private OutageReport<TMetrics> Evaluate(ITransformer model, IDataView data, IChannel channel, int fold, int folds)
    {
        CheckOutput(model.GetOutputSchema(data.Schema));
        CheckIsRead(model, data.Schema);
        IReadOnlyList<string> names = NameSensors(data);
        RowLayout[] layouts = RowLayout.Of(data, _options, nameof(data));

        IReadOnlyList<int>[] losses = [.. Losses(names.Count)];
        var outages = new List<Outage<TMetrics>>();
        foreach (IReadOnlyList<int> lost in losses)
        {
            string name = lost.Count == 0 ? "none" : string.Join(" + ", lost.Select(sensor => names[sensor]));
            Outage<TMetrics> outage = Measure(model, Lose(data, layouts, lost), name, lost);
            outages.Add(outage);
            OutageMetric<TMetrics> metric = _task.Metrics[0];
            channel.Info(MessageSensitivity.Schema, Invariant(
                $"Lost: {name}. {metric.Name} {metric.Read(outage.Metrics):0.0000} ({outages.Count} of {losses.Length})"));
            _progress?.Report(new OutageProgress((fold * losses.Length) + outages.Count, folds * losses.Length));
        }

        var report = new OutageReport<TMetrics>(names, _task.Metrics, outages);
        if (report.Clean.RowsWithoutScore > 0)
            channel.Warning(
                MessageSensitivity.None, Invariant(
                    $"With all sensors, {report.Clean.RowsWithoutScore} rows have no score and count as wrong, which may outweigh")
                + " all others. Mostly a reading is NaN: leave out such rows, or put ReplaceMissingValues into the model.");
        if (!report.ChangesScores)
            channel.Warning(
                MessageSensitivity.None,
                "No lost sensor changed any score. The model does not use what was lost, or the readings equal the fill"
                + " already.");
        return report;
    }

    // Reads no row: a plan shows the layout before a fill is learned.
    private IReadOnlyList<string> NameSensors(IDataView data)
    {
        RowLayout layout = ColumnRules.CheckColumns(_options, data.Schema, nameof(data))[0];
        DropoutPlan plan = (layout with { Options = layout.Options with { Fill = DropoutFill.Zero } }).Compile();
        return SensorNames.Of(_sensorNames, _options, data.Schema, plan);
    }

    private IEnumerable<IReadOnlyList<int>> Losses(int sensors)
    {
        IEnumerable<IReadOnlyList<int>> single = Enumerable.Range(0, sensors).Select(IReadOnlyList<int> (sensor) => [sensor]);
        IEnumerable<IReadOnlyList<int>> pairs =
            from first in Enumerable.Range(0, sensors)
            from second in Enumerable.Range(first + 1, sensors - first - 1)
            select (IReadOnlyList<int>)[first, second];
        return [[], .. single, .. _lostPairs ? pairs : []];
    }

    private IDataView Lose(IDataView data, RowLayout[] layouts, IReadOnlyList<int> lost)
    {
        if (lost.Count == 0)
            return data;
        DropoutPlan[] plans = Array.ConvertAll(
            layouts, layout => (layout with { Options = layout.Options with { Rate = null, LostChannels = lost } }).Compile());
        return new SpatialDropoutView(data, _options, plans);
    }

    private Outage<TMetrics> Measure(ITransformer model, IDataView data, string name, IReadOnlyList<int> lost)
    {
        IDataView scored = model.Transform(data);
        DataViewSchema schema = scored.Schema;
        var view = new ScoredView(scored, new ScoreColumns(
            schema[_task.LabelColumnName], schema[_task.ScoreColumnName],
            _task.ProbabilityColumnName is { } probability ? schema[probability] : null, _task.WrongScore));
        TMetrics metrics = _task.Evaluate(view);
        if (view.Pass.RowsWithLabel == 0)
            throw new InvalidOperationException(
                $"The data have no row with a value in the label column '{_task.LabelColumnName}' that the model knows, so there"
                + " is nothing to evaluate.");
        return new Outage<TMetrics>(name, lost, metrics, view.Pass);
    }

    private void CheckOutput(DataViewSchema output)
    {
        DataViewSchema.Column score = Find(
            "scoreColumnName", output, _task.ScoreColumnName,
            _task.WrongScore is null ? "a vector of Single of known size" : "Single",
            type => _task.WrongScore is null
                ? type is VectorDataViewType { Size: > 1 } && type.GetItemType() == NumberDataViewType.Single
                : type == NumberDataViewType.Single,
            "The model must be one of the task of this catalog");
        DataViewSchema.Column label = Find(
            "labelColumnName", output, _task.LabelColumnName, _task.LabelTypes, _task.IsLabel, _task.LabelCure, cureIfMissing: "");
        if (_task.ProbabilityColumnName is { } probability)
            Find(
                "probabilityColumnName", output, probability, "Single", type => type == NumberDataViewType.Single,
                "Use the method for models that are not calibrated");
        if (_task.PredictedLabelColumnName is { } predicted)
            Find("predictedLabelColumnName", output, predicted, "a column", _ => true, "");
        if (_task.GroupColumnName is { } group)
            Find(
                "rowGroupColumnName", output, group, "a key", type => type is KeyDataViewType,
                "Map it inside the pipeline, with MapValueToKey");
        ClassRules.CheckOrder(label, score);
    }

    private static DataViewSchema.Column Find(
        string parameter, DataViewSchema output, string name, string expected, Func<DataViewType, bool> fits, string cure,
        string? cureIfMissing = null)
    {
        cureIfMissing ??= cure;
        if (output.GetColumnOrNull(name) is not { } column)
            ColumnThrowHelper.ThrowMissing(
                parameter, name, expected, output.Select(other => other.Name),
                $"Name one of the model's columns by {parameter}{(cureIfMissing == "" ? "" : $". {cureIfMissing}")}");
        else if (!fits(column.Type))
            ColumnThrowHelper.ThrowMismatch(parameter, name, expected, $"{column.Type}", cure);
        else
            return column;
        return default;
    }

    private void CheckIsRead(ITransformer model, DataViewSchema data)
    {
        IReadOnlyList<string> read = ReadColumns.Of(
            model, data,
            _task.ProbabilityColumnName is { } probability ? [_task.ScoreColumnName, probability] : [_task.ScoreColumnName]);
        foreach (string name in _options.DroppedColumnNames)
        {
            if (!read.Contains(name))
                ColumnThrowHelper.ThrowNotRead("options", name, data.GetColumnOrNull(name) is not null, read);
        }
    }

    private static string Invariant(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);
}
