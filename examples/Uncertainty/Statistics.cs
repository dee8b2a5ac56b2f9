namespace Uncertainty;

/// <summary>The few statistics that the example needs.</summary>
public static class Statistics
{
    /// <summary>The entropy of a distribution in nats: 0 if one class has it all, ln(classes) if all have the same.</summary>
    public static double Entropy(IReadOnlyList<double> probabilities) =>
        -probabilities.Sum(probability => probability > 0 ? probability * Math.Log(probability) : 0);

    /// <summary>The standard deviation of two or more values, a sample of many (divided by n - 1).</summary>
    public static double StandardDeviation(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    /// <summary>The rank of each value, from 1; equal values share the mean of their ranks.</summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(index => values[index])];
        double[] ranks = new double[values.Count];
        for (int first = 0; first < order.Length;)
        {
            int end = first + 1;
            while (end < order.Length && values[order[end]] == values[order[first]])
                end++;
            foreach (int index in order.AsSpan(first..end))
                ranks[index] = (first + 1 + end) / 2.0;
            first = end;
        }

        return ranks;
    }

    /// <summary>
    /// Spearman's rank correlation: that of Pearson between the ranks. Null where one side has equal values only.
    /// </summary>
    public static double? RankCorrelation(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        double[] leftRanks = Ranks(left);
        double[] rightRanks = Ranks(right);

        // Ties or not, the mean of ranks is that of 1 to n.
        double mean = (left.Count + 1) / 2.0;
        double covariance = leftRanks.Zip(rightRanks, (x, y) => (x - mean) * (y - mean)).Sum();
        double leftVariance = leftRanks.Sum(x => (x - mean) * (x - mean));
        double rightVariance = rightRanks.Sum(y => (y - mean) * (y - mean));
        return leftVariance > 0 && rightVariance > 0 ? covariance / Math.Sqrt(leftVariance * rightVariance) : null;
    }

    /// <summary>
    /// The area under the ROC curve: how often a value that is marked is higher than one that is not, a tie counting half. Null
    /// where all are marked, or none.
    /// </summary>
    public static double? AreaUnderCurve(IReadOnlyList<double> values, IReadOnlyList<bool> isMarked)
    {
        double marked = isMarked.Count(mark => mark);
        double unmarked = isMarked.Count - marked;
        if (marked == 0 || unmarked == 0)
            return null;

        double rankSum = Ranks(values).Where((_, index) => isMarked[index]).Sum();
        return (rankSum - marked * (marked + 1) / 2) / (marked * unmarked);
    }
}
