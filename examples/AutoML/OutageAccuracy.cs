using Examples;
using Microsoft.ML;

namespace AutoML;

/// <summary>The accuracy of a model on test recordings.</summary>
/// <param name="Clean">With all sensors.</param>
/// <param name="MeanLost">With one sensor lost, over all of them.</param>
/// <param name="WorstLost">With that sensor lost whose loss costs most.</param>
public sealed record OutageAccuracy(double Clean, double MeanLost, double WorstLost)
{
    public static OutageAccuracy Measure(MLContext mlContext, ITransformer model, RecordingSet test)
    {
        double[] lost = [.. Enumerable.Range(0, test.Channels).Select(channel => Accuracy(test.Without([channel])))];
        return new OutageAccuracy(Accuracy(test), lost.Average(), lost.Min());

        double Accuracy(RecordingSet recordings) =>
            mlContext.MulticlassClassification.Evaluate(model.Transform(recordings.Load(mlContext))).MicroAccuracy;
    }
}
