using static System.FormattableString;

namespace MLNet.SpatialDropout;

/// <summary>Writes lambdas in the language of ML.NET's <c>Expression</c> transform.</summary>
internal static class ExpressionText
{
    private const string Otherwise = "0f";

    /// <summary>A lambda that maps some values, by exact comparison, and everything else to 0.</summary>
    /// <param name="results">The results by value. NaN is a value like any other. No value comes twice.</param>
    /// <returns>The lambda. Its results are of <see cref="float"/>.</returns>
    public static string Map(IEnumerable<(double Value, float Result)> results)
    {
        (double Value, float Result)[] sorted = [.. results.Where(pair => !double.IsNaN(pair.Value)).OrderBy(pair => pair.Value)];
        string tree = Tree(sorted);
        return results.Where(pair => double.IsNaN(pair.Value)).Aggregate(
            $"x => {tree}", (_, missing) => $"x => isna(x) ? {Text(missing.Result)} : {tree}");
    }

    // A search tree, because a chain of comparisons would take as many for each element as there are values.
    private static string Tree(ReadOnlySpan<(double Value, float Result)> sorted)
    {
        if (sorted.IsEmpty)
            return Otherwise;
        if (sorted.Length == 1)
            return $"x == {Literal(sorted[0].Value)} ? {Text(sorted[0].Result)} : {Otherwise}";
        int middle = sorted.Length / 2;
        return $"x < {Literal(sorted[middle].Value)} ? ({Tree(sorted[..middle])}) : ({Tree(sorted[middle..])})";
    }

    private static string Text(float result) => float.IsNaN(result) ? "na(0f)" : Invariant($"{result}f");

    // ML.NET parses literals in the culture of the thread, even when it loads a model. So there must be no decimal point. Suffix d
    // makes the comparison one of doubles, which are exact for elements of either type.
    private static string Literal(double value)
    {
        if (double.IsInfinity(value))
            return value > 0 ? "1e999d" : "-1e999d";
        string[] parts = Invariant($"{value:E16}").Split('E');
        return Invariant($"{parts[0].Replace(".", "")}e{int.Parse(parts[1]) - 16}d");
    }
}
