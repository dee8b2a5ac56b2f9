using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.SpatialDropout;

namespace Uncertainty;

/// <summary>Trains a model with the stage, and scores test recordings as they are and with sensors dropped, many times.</summary>
public sealed class UncertaintyExperiment : IDisposable
{
    /// <summary>Dropped-out copies of each training recording, beside the recording itself.</summary>
    public const int TrainingCopies = 4;

    private const string Features = nameof(Recording.Features);
    private const string Label = nameof(Recording.Label);
    private const string Score = "Score";

    private readonly DataSet _data;
    private readonly UncertaintySettings _settings;
    private readonly MLContext _mlContext;
    private readonly TransformerChain<ITransformer> _model;

    /// <summary>Trains the model.</summary>
    public UncertaintyExperiment(
        DataSet data, UncertaintySettings settings, TrainerKind trainerKind, TrainerFactory createTrainer)
    {
        (_data, _settings, _mlContext) = (data, settings, new MLContext(settings.Seed));
        IEstimator<ITransformer> trainer = createTrainer(_mlContext, trainerKind, settings.Seed);
        _model = _mlContext.Transforms.Conversion.MapValueToKey(Label)
            .Append(_mlContext.Transforms.NormalizeMinMax(Features))
            .Append(_mlContext.Transforms.SpatialDropout(Dropout(TrainingCopies)))
            .Append(trainer)
            .Fit(data.Train.Load(_mlContext));
    }

    /// <summary>The test recordings as they are.</summary>
    public UncertaintyResult TestClean() => new("clean", [.. Predict(_data.Test)]);

    /// <summary>The test recordings with one sensor lost, each in turn: a prediction for each recording and sensor.</summary>
    public UncertaintyResult TestLost() => new("1 lost", [.. Enumerable.Range(0, _data.Test.Channels)
        .SelectMany(channel => Predict(_data.Test.Without([channel])))]);

    public void Dispose() => _model.Dispose();

    private IEnumerable<Prediction> Predict(RecordingSet recordings)
    {
        // In training the stage is behind the normalizer. That maps zero to zero, so dropping before it is the same. The
        // recording itself comes first, for the plain prediction, then its passes.
        IDataView passes = _mlContext.Data.SpatialDropout(recordings.Load(_mlContext), Dropout(_settings.Passes));
        IDataView scored = _model.Transform(passes);
        int rows = _settings.Passes + 1;
        return scored.GetColumn<float[]>(Score).Chunk(rows)
            .Zip(scored.GetColumn<uint>(Label).Chunk(rows), (scores, keys) => ToPrediction(keys[0], scores));
    }

    private SpatialDropoutOptions Dropout(int copies) => new()
    {
        OutputColumnName = Features,
        Channels = _data.Train.Channels,
        Rate = _settings.Rate,
        Copies = copies,
        KeepOriginal = true,
        Seed = _settings.Seed,
    };

    // Keys count from 1.
    private static Prediction ToPrediction(uint key, float[][] scores)
    {
        double[][] probabilities = [.. scores.Select(row => row.Select(score => (double)score).ToArray())];
        return Prediction.Create((int)key - 1, probabilities[0], probabilities[1..]);
    }
}
