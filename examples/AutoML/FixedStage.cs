using Examples;
using Microsoft.ML;
using Microsoft.ML.AutoML;

namespace AutoML;

/// <summary>An experiment that searches trainers and their settings, behind a stage that stays as it is.</summary>
public sealed class FixedStage
{
    private readonly SplitData _data;
    private readonly AutoMLSettings _settings;

    public FixedStage(SplitData data, AutoMLSettings settings) => (_data, _settings) = (data, settings);

    public ExperimentOutcome Run(bool withStage)
    {
        var mlContext = new MLContext(_settings.Seed);
        SweepablePipeline pipeline = mlContext.Auto().MultiClassification();

        // From the end to the start, one by one. Features and stage appended to each other would be a chain within the chain, in
        // which the stage would be inactive, and so throws.
        if (withStage)
            pipeline = mlContext.Transforms.SpatialDropout(
                StageOptions.Create(StageOptions.Fixed, _data.Train.Channels, _settings.Seed)).Append(pipeline);
        pipeline = mlContext.Transforms.NormalizeMinMax(nameof(Recording.Features)).Append(pipeline);
        pipeline = mlContext.Transforms.Conversion.MapValueToKey(nameof(Recording.Label)).Append(pipeline);

        TrialResult best = mlContext.Auto().CreateExperiment()
            .SetPipeline(pipeline)
            .SetDataset(
                _data.Train.Load(mlContext), _data.LoadCleanAndDamagedValidation(mlContext, _settings.Seed))
            .SetMulticlassClassificationMetric(MulticlassClassificationMetric.LogLoss, nameof(Recording.Label))
            .SetMaxModelToExplore(_settings.Models)
            .SetTrainingTimeInSeconds((uint)_settings.Seconds)
            .Run();

        return new ExperimentOutcome(
            ExperimentOutcome.TrainerOf(pipeline.ToString(best.TrialSettings.Parameter)),
            best.Metric,
            OutageAccuracy.Measure(mlContext, best.Model, _data.Test));
    }
}
