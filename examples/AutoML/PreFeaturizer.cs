using Examples;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;

namespace AutoML;

/// <summary>The older API, which creates the whole pipeline itself, with the stage as its pre-featurizer.</summary>
public sealed class PreFeaturizer
{
    private readonly SplitData _data;
    private readonly AutoMLSettings _settings;

    public PreFeaturizer(SplitData data, AutoMLSettings settings) => (_data, _settings) = (data, settings);

    public ExperimentOutcome Run(bool withStage)
    {
        var mlContext = new MLContext(_settings.Seed);
        IEstimator<ITransformer>? stage = withStage
            ? mlContext.Transforms.SpatialDropout(
                StageOptions.Create(StageOptions.Fixed, _data.Train.Channels, _settings.Seed))
            : null;

        MulticlassClassificationExperiment experiment = mlContext.Auto().CreateMulticlassClassificationExperiment(
            new MulticlassExperimentSettings
            {
                OptimizingMetric = MulticlassClassificationMetric.LogLoss,
                MaxModels = _settings.Models,
                MaxExperimentTimeInSeconds = (uint)_settings.Seconds,
            });
        RunDetail<MulticlassClassificationMetrics> best = experiment.Execute(
            _data.Train.Load(mlContext),
            _data.LoadCleanAndDamagedValidation(mlContext, _settings.Seed),
            nameof(Recording.Label),
            preFeaturizer: stage).BestRun;

        return new ExperimentOutcome(
            ExperimentOutcome.TrainerOf(best.TrainerName),
            best.ValidationMetrics.LogLoss,
            OutageAccuracy.Measure(mlContext, best.Model, _data.Test));
    }
}
