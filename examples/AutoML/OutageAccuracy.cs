using Examples;
using Microsoft.ML;
using MLNet.SpatialDropout;

namespace AutoML;

/// <summary>The accuracy of a model on test recordings.</summary>
/// <param name="Clean">With all sensors.</param>
/// <param name="MeanLost">With one sensor lost, over all of them.</param>
/// <param name="WorstLost">With that sensor lost whose loss costs most.</param>
public sealed record OutageAccuracy(double Clean, double MeanLost, double WorstLost)
{
    public static OutageAccuracy Measure(MLContext mlContext, ITransformer model, RecordingSet test)
    {
        var options = new SpatialDropoutOptions { OutputColumnName = nameof(Recording.Features), Channels = test.Channels };
        var report = mlContext.MulticlassClassification.EvaluateOutages(model, test.Load(mlContext), options);
        return new OutageAccuracy(report.Clean.Metrics.MicroAccuracy, report.Mean(), report.Worst().Metrics.MicroAccuracy);
    }
}
