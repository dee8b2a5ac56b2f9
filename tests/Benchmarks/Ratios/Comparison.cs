namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>One line of the table of ratios.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Against">What it is measured against.</param>
/// <param name="Bar">The limit of the ratio; null if the line is only information.</param>
/// <param name="Prepare">Creates the rows and whatever else is not measured.</param>
internal sealed record Comparison(string What, string Against, Bar? Bar, Func<Sides> Prepare)
{
    public override string ToString() => $"{What} / {Against}";
}
