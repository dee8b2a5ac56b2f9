using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>The columns that say whether a row is right.</summary>
/// <param name="Label">The truth.</param>
/// <param name="Score">The score, or a vector of scores.</param>
/// <param name="Probability">The probability, if there is one.</param>
/// <param name="WrongScore">The score that makes a row with a label wrong. Null for a vector with a score for each class.</param>
internal sealed record ScoreColumns(
    DataViewSchema.Column Label, DataViewSchema.Column Score, DataViewSchema.Column? Probability, Func<float, float>? WrongScore)
{
    public IEnumerable<DataViewSchema.Column> All =>
        Probability is { } probability ? [Label, Score, probability] : [Label, Score];
}
