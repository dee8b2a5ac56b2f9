using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Test recordings, undamaged and with all losses to be tried, in one view: a model reads it once.</summary>
internal sealed class FieldTest
{
    private readonly (SensorFailure Failure, IReadOnlyList<int> Lost)[] _parts;
    private readonly string[] _labels;
    private readonly IDataView _rows;

    /// <param name="recordings">The recordings.</param>
    /// <param name="failures">The failures, each of which is tried with all losses.</param>
    /// <param name="losses">The sensors that are lost together; the empty list stands for undamaged recordings.</param>
    public FieldTest(SensorRecordings recordings, IEnumerable<SensorFailure> failures, IEnumerable<IReadOnlyList<int>> losses)
    {
        var mlContext = new MLContext();
        _parts = [.. failures.SelectMany(failure => losses.Select(lost => (failure, lost)))];
        _labels = [.. recordings.Labels];
        IDataView undamaged = recordings.Load(mlContext);
        RecordingSet all = recordings.Recordings with
        {
            Recordings =
            [
                .. _parts.SelectMany(part => Read(mlContext.Data.SpatialDropout(
                    undamaged, part.Failure.Damage(recordings, part.Lost)))),
            ],
        };
        _rows = all.Load(mlContext);
    }

    /// <summary>The accuracy by failure.</summary>
    /// <param name="model">A model that writes the name of the class to PredictedLabel.</param>
    public IReadOnlyDictionary<SensorFailure, OutageProfile> Score(ITransformer model)
    {
        IEnumerable<string[]> predictions = model.Transform(_rows).GetColumn<string>("PredictedLabel").Chunk(_labels.Length);
        return _parts.Zip(predictions)
            .GroupBy(part => part.First.Failure)
            .ToDictionary(group => group.Key, group => new OutageProfile(group.Select(part =>
                new OutageMeasurement(part.First.Lost, Accuracy(part.Second)))));
    }

    private static IEnumerable<Recording> Read(IDataView view) =>
        view.GetColumn<string>(nameof(Recording.Label))
            .Zip(view.GetColumn<float[]>(nameof(Recording.Features)))
            .Select(row => new Recording { Label = row.First, Features = row.Second });

    private double Accuracy(string[] predictions) =>
        predictions.Zip(_labels).Average(pair => pair.First == pair.Second ? 1.0 : 0.0);
}
