namespace Uncertainty;

/// <summary>The predictions for one kind of test data.</summary>
/// <param name="Name">What was tested, for the report: "clean", "1 lost".</param>
/// <param name="Predictions">Of each recording.</param>
public sealed record UncertaintyResult(string Name, IReadOnlyList<Prediction> Predictions)
{
    public const int BinCount = 5;

    public double PlainAccuracy => Predictions.Average(prediction => prediction.IsWrong ? 0.0 : 1.0);

    /// <summary>The accuracy of the mean probabilities over the passes.</summary>
    public double MeanAccuracy => Predictions.Average(prediction => prediction.IsMeanWrong ? 0.0 : 1.0);

    public IReadOnlyList<SpreadBin> Bins => SpreadBin.Split(Predictions, BinCount);

    /// <summary>How often a wrong prediction has a higher measure than a right one; null if one kind is missing.</summary>
    public double? AreaUnderCurve(Func<Prediction, double> measure) => Statistics.AreaUnderCurve(
        [.. Predictions.Select(measure)], [.. Predictions.Select(prediction => prediction.IsWrong)]);

    /// <summary>Spearman's correlation of a measure with being wrong; null where one of the two is the same for all.</summary>
    public double? RankCorrelation(Func<Prediction, double> measure) => Statistics.RankCorrelation(
        [.. Predictions.Select(measure)], [.. Predictions.Select(prediction => prediction.IsWrong ? 1.0 : 0.0)]);
}
