using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Trains one model.</summary>
internal static class FieldExperiment
{
    private const string Features = nameof(Recording.Features);
    private const string Flags = "Lost";

    /// <returns>A model that writes the name of the class to PredictedLabel.</returns>
    public static ITransformer Train(SensorRecordings recordings, FieldVariant variant, FieldTrainer trainer, int seed)
    {
        var mlContext = new MLContext(seed);
        SpatialDropoutOptions? stage =
            variant.Stage is { } create ? recordings.Lay(create(recordings) with { Seed = seed }) : null;
        EstimatorChain<ITransformer> chain = new();
        foreach (IEstimator<ITransformer> step in Prepare(mlContext.Transforms, variant, stage))
            chain = chain.Append(step);

        // Several trainers read the rows more than once.
        return chain.AppendCacheCheckpoint(mlContext)
            .Append(trainer.Create(mlContext, seed))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(recordings.Load(mlContext));
    }

    // The stage stands before the normalizer, because fills are raw readings, as in the field. It maps zero to zero.
    private static IEnumerable<IEstimator<ITransformer>> Prepare(
        TransformsCatalog transforms, FieldVariant variant, SpatialDropoutOptions? stage)
    {
        yield return transforms.Conversion.MapValueToKey(nameof(Recording.Label));
        if (stage is not null)
            yield return transforms.SpatialDropout(stage);
        if (stage is not null && variant.HasFlags)
            yield return transforms.IndicateLost(Flags, stage);
        if (variant.ReplacesMissing)
            yield return transforms.ReplaceMissingValues(
                Features, replacementMode: MissingValueReplacingEstimator.ReplacementMode.DefaultValue);
        yield return transforms.NormalizeMinMax(Features);
        if (variant.HasFlags)
            yield return transforms.Concatenate(Features, Features, Flags);
    }
}
