using System.Globalization;
using Examples;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;
using Microsoft.ML.SearchSpace;

namespace AutoML;

/// <summary>An experiment that searches rate, copies and scaling of the stage, before a trainer that stays as it is.</summary>
public sealed class StageSearch
{
    // Where a trial keeps the parameters of its pipeline.
    private const string PipelineKey = "_pipeline_";

    private readonly SplitData _data;
    private readonly AutoMLSettings _settings;

    public StageSearch(SplitData data, AutoMLSettings settings) => (_data, _settings) = (data, settings);

    /// <summary>The same pipeline without the stage; there is nothing to search in it.</summary>
    public ExperimentOutcome RunWithout()
    {
        var mlContext = new MLContext(_settings.Seed);
        using TransformerChain<ITransformer> model = CreateFeatures(mlContext)
            .Append(CreateTrainer(mlContext))
            .Fit(_data.Train.Load(mlContext));
        IDataView validation = _data.LoadCleanAndDamagedValidation(mlContext, _settings.Seed);
        return new ExperimentOutcome(
            "without the stage",
            mlContext.MulticlassClassification.Evaluate(model.Transform(validation)).LogLoss,
            OutageAccuracy.Measure(mlContext, model, _data.Test));
    }

    public ExperimentOutcome RunWith()
    {
        var mlContext = new MLContext(_settings.Seed);
        SweepableEstimator stage = mlContext.Auto().CreateSweepableEstimator(
            (context, searched) => context.Transforms.SpatialDropout(
                StageOptions.Create(searched, _data.Train.Channels, _settings.Seed)),
            new SearchSpace<StageSearchSpace>());

        // Created in the context of the trial, as the stage is: what another context creates goes on when a trial is cancelled.
        var trainer = new SweepableEstimator((context, _) => CreateTrainer(context), new SearchSpace());

        // The features are a chain within the chain, which is fine, because the stage is not in it.
        SweepablePipeline pipeline = CreateFeatures(mlContext).Append(stage).Append(trainer);

        // Set after the pipeline, which sets a tuner of its own: that one takes small steps and needs many trials.
        TrialResult best = mlContext.Auto().CreateExperiment()
            .SetPipeline(pipeline)
            .SetRandomSearchTuner(_settings.Seed)
            .SetDataset(
                _data.Train.Load(mlContext), _data.LoadCleanAndDamagedValidation(mlContext, _settings.Seed))
            // Accuracy is too coarse: on a few recordings it is the same for many stages.
            .SetMulticlassClassificationMetric(MulticlassClassificationMetric.LogLoss, nameof(Recording.Label))
            .SetMaxModelToExplore(_settings.Trials)
            .Run();

        string key = pipeline.Estimators.Single(estimator => estimator.Value == stage).Key;
        StageSearchSpace found = best.TrialSettings.Parameter[PipelineKey][key].AsType<StageSearchSpace>();
        return new ExperimentOutcome(
            string.Create(
                CultureInfo.InvariantCulture,
                $"rate {found.Rate:0.00}, {found.Copies} copies, scaling {found.Scaling}"),
            best.Metric,
            OutageAccuracy.Measure(mlContext, best.Model, _data.Test));
    }

    // The normalizer maps zero to zero, so a dropped sensor reads what a lost one reads.
    private static IEstimator<ITransformer> CreateFeatures(MLContext mlContext) =>
        mlContext.Transforms.Conversion.MapValueToKey(nameof(Recording.Label))
            .Append(mlContext.Transforms.NormalizeMinMax(nameof(Recording.Features)));

    private IEstimator<ITransformer> CreateTrainer(MLContext mlContext) =>
        TrainerCatalog.Create(mlContext, TrainerKind.LightGbm, _settings.Seed);
}
