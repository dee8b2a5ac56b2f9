using Examples;
using Microsoft.ML;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Trains the pipeline of examples/SensorOutage with a stage, and tests it on recordings with lost sensors.</summary>
internal sealed class GuideExperiment(DataSet data, TrainerKind trainer, int seed)
{
    private readonly MLContext _mlContext = new(seed);

    private readonly IReadOnlyList<int>[] _losses =
        [.. new SensorLosses(data.Test.Channels).All.Where(lost => lost.Count <= 2)];

    private readonly float[] _means =
        [.. Enumerable.Range(0, data.Train.Channels).Select(channel => MeanOf(data.Train, channel))];

    public ITransformer Train(SpatialDropoutOptions? stage)
    {
        IEstimator<ITransformer> estimator = TrainerCatalog.Create(_mlContext, trainer, seed);
        var label = _mlContext.Transforms.Conversion.MapValueToKey(nameof(Recording.Label));
        var normalizer = _mlContext.Transforms.NormalizeMinMax(nameof(Recording.Features));
        if (stage is null)
            return label.Append(normalizer).Append(estimator).Fit(data.Train.Load(_mlContext));

        var dropout = _mlContext.Transforms.SpatialDropout(stage with
        {
            Channels = stage.PerElement ? null : data.Train.Channels,
            Seed = seed,
        });

        // Before the normalizer, because fills are raw readings, as in the field. It maps zero to zero.
        return label.Append(dropout).Append(normalizer).Append(estimator).Fit(data.Train.Load(_mlContext));
    }

    /// <summary>The accuracy with all sensors, and with each one and each pair of them lost.</summary>
    public OutageProfile Test(ITransformer model, FieldReading reading) =>
        new(_losses.Select(lost => new OutageMeasurement(lost, Accuracy(model, lost, reading))));

    private static float MeanOf(RecordingSet recordings, int channel) =>
        recordings.Recordings.Average(recording =>
            recording.Features.Where((_, index) => index % recordings.Channels == channel).Average());

    private double Accuracy(ITransformer model, IReadOnlyList<int> lost, FieldReading reading)
    {
        RecordingSet damaged = lost.Aggregate(
            data.Test, (recordings, channel) => recordings.Without([channel], Reading(reading, channel)));
        return _mlContext.MulticlassClassification.Evaluate(model.Transform(damaged.Load(_mlContext))).MicroAccuracy;
    }

    private float Reading(FieldReading reading, int channel) => reading switch
    {
        FieldReading.Zero => 0,
        FieldReading.Mean => _means[channel],
        _ => float.NaN,
    };
}
