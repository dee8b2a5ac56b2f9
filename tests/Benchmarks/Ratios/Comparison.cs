namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>One line of the table of ratios.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Against">What it is measured against.</param>
/// <param name="Bar">What the ratio must hold; null for what is there to compare with.</param>
/// <param name="Prepare">Makes the rows and whatever else is not to be measured.</param>
internal sealed record Comparison(string What, string Against, Bar? Bar, Func<Sides> Prepare)
{
    public override string ToString() => $"{What} / {Against}";
}
