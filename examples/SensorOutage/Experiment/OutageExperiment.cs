using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

namespace SensorOutage;

/// <summary>Trains without and with spatial dropout, and tests both models on recordings whose sensors are lost.</summary>
public sealed class OutageExperiment
{
    private readonly DataSet _data;
    private readonly SensorOutageSettings _settings;
    private readonly TrainerFactory _createTrainer;
    private readonly IReadOnlyList<(IReadOnlyList<int> Lost, RecordingSet Test)> _damaged;

    public OutageExperiment(DataSet data, SensorOutageSettings settings, TrainerFactory createTrainer)
    {
        (_data, _settings, _createTrainer) = (data, settings, createTrainer);
        Sensors = Sensor.Of(data.Test.ChannelNames, settings.Groups);
        Losses = new SensorLosses(Sensors.Count);
        _damaged = [.. Losses.All.Select(lost => (lost, data.Test.Without(ChannelsOf(lost))))];
    }

    public IReadOnlyList<Sensor> Sensors { get; }

    public SensorLosses Losses { get; }

    /// <summary>How often <see cref="Run"/> reports a step.</summary>
    public int StepsOf(TrainerKind trainer) => (IsLinear(trainer) ? 3 : 2) * (1 + Losses.All.Count);

    public OutageResult Run(TrainerKind trainer, Action onStep) => new(
        trainer,
        Measure(trainer, Protection.None, onStep),
        Measure(trainer, Protection.Stage, onStep),
        IsLinear(trainer) ? Measure(trainer, Protection.StageAndFlags, onStep) : null);

    private static bool IsLinear(TrainerKind trainer) => trainer != TrainerKind.LightGbm;

    private int[] ChannelsOf(IReadOnlyList<int> sensors) => [.. sensors.SelectMany(sensor => Sensors[sensor].Channels)];

    private OutageProfile Measure(TrainerKind trainer, Protection protection, Action onStep)
    {
        var mlContext = new MLContext(_settings.Seed);
        EstimatorChain<ITransformer> pipeline = CreatePipeline(mlContext, trainer, protection);
        using TransformerChain<ITransformer> model = pipeline.Fit(_data.Train.Load(mlContext));
        onStep();

        var measurements = new List<OutageMeasurement>();
        foreach ((IReadOnlyList<int> lost, RecordingSet test) in _damaged)
        {
            IDataView predictions = model.Transform(test.Load(mlContext));
            measurements.Add(new(lost, mlContext.MulticlassClassification.Evaluate(predictions).MicroAccuracy));
            onStep();
        }

        return new OutageProfile(measurements);
    }

    private EstimatorChain<ITransformer> CreatePipeline(MLContext mlContext, TrainerKind trainerKind, Protection protection)
    {
        // Created first, so that it draws the same random numbers from the context in both pipelines.
        IEstimator<ITransformer> trainer = _createTrainer(mlContext, trainerKind, _settings.Seed);

        // The normalizer maps zero to zero, so a dropped sensor reads what a lost one reads.
        var features = mlContext.Transforms.Conversion.MapValueToKey(nameof(Recording.Label))
            .Append(mlContext.Transforms.NormalizeMinMax(nameof(Recording.Features)));

        if (protection == Protection.None)
            return features.Append(trainer);

        var options = new SpatialDropoutOptions
        {
            OutputColumnName = nameof(Recording.Features),
            Channels = _data.Train.Channels,
            Groups = _settings.Groups,
            Rate = _settings.Rate,
            Copies = _settings.Copies,
            KeepOriginal = true,
            Seed = _settings.Seed,
        };
        var stage = mlContext.Transforms.SpatialDropout(options);
        if (protection == Protection.Stage)
            return features.Append(stage).Append(trainer);

        return features.Append(stage)
            .Append(mlContext.Transforms.IndicateLost("Lost", options))
            .Append(mlContext.Transforms.Concatenate(nameof(Recording.Features), nameof(Recording.Features), "Lost"))
            .Append(trainer);
    }

    private enum Protection
    {
        None,
        Stage,
        StageAndFlags,
    }
}
