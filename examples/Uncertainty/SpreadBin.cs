namespace Uncertainty;

/// <summary>Recordings of similar spread.</summary>
public sealed record SpreadBin(IReadOnlyList<Prediction> Predictions)
{
    public double MeanSpread => Predictions.Average(prediction => prediction.Spread);

    /// <summary>The share of plain predictions that are wrong.</summary>
    public double ErrorRate => Predictions.Average(prediction => prediction.IsWrong ? 1.0 : 0.0);

    /// <summary>
    /// Sorts by spread and cuts into bins of equal size, to within one; fewer bins where there are fewer recordings.
    /// </summary>
    public static IReadOnlyList<SpreadBin> Split(IReadOnlyList<Prediction> predictions, int bins)
    {
        Prediction[] sorted = [.. predictions.OrderBy(prediction => prediction.Spread)];
        bins = Math.Min(bins, sorted.Length);
        return [.. Enumerable.Range(0, bins)
            .Select(bin => new SpreadBin(sorted[(bin * sorted.Length / bins)..((bin + 1) * sorted.Length / bins)]))];
    }
}
