namespace Uncertainty;

/// <summary>The model's prediction for one recording, from the recording as it is (plain) and over the passes.</summary>
/// <param name="IsWrong">Whether the plain prediction, from the recording as it is, is wrong.</param>
/// <param name="IsMeanWrong">Whether the class with the highest mean probability over the passes is wrong.</param>
/// <param name="Doubt">1 - the probability of the plain prediction: how unsure the model is without any pass.</param>
/// <param name="Spread">The standard deviation over the passes of the probability of the plain prediction's class.</param>
/// <param name="Entropy">Predictive entropy, that of the mean probabilities.</param>
/// <param name="MutualInformation">The part of the entropy that is between the passes and not within each.</param>
public sealed record Prediction(
    bool IsWrong, bool IsMeanWrong, double Doubt, double Spread, double Entropy, double MutualInformation)
{
    /// <param name="label">The index of the true class.</param>
    /// <param name="plain">The probabilities of the classes from the recording as it is.</param>
    /// <param name="passes">The same from each of at least two dropped-out copies.</param>
    public static Prediction Create(int label, IReadOnlyList<double> plain, IReadOnlyList<IReadOnlyList<double>> passes)
    {
        int winner = IndexOfMaximum(plain);
        double[] means = [.. plain.Select((_, index) => passes.Average(pass => pass[index]))];
        double entropy = Statistics.Entropy(means);
        return new Prediction(
            IsWrong: winner != label,
            IsMeanWrong: IndexOfMaximum(means) != label,
            Doubt: 1 - plain[winner],
            Spread: Statistics.StandardDeviation([.. passes.Select(pass => pass[winner])]),
            Entropy: entropy,
            MutualInformation: entropy - passes.Average(Statistics.Entropy));
    }

    private static int IndexOfMaximum(IReadOnlyList<double> values) => values.Index().MaxBy(pair => pair.Item).Index;
}
