namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>The outcome of a comparison.</summary>
/// <param name="Ratio">The ratio that the bar limits.</param>
/// <param name="MeasuredNanoseconds">Per row.</param>
/// <param name="AgainstNanoseconds">Per row.</param>
internal sealed record Measurement(Spread Ratio, double MeasuredNanoseconds, double AgainstNanoseconds)
{
    public static Measurement Of(Comparison comparison)
    {
        Sides sides = comparison.Prepare();
        GC.Collect();
        if (comparison.Bar is { IsSpeedUp: true })
        {
            (Spread speedUp, double theirs, double ours) = InterleavedTimer.Measure(sides.Against, sides.Measured);
            return new Measurement(speedUp, ours / sides.Rows, theirs / sides.Rows);
        }

        (Spread ratio, double measured, double against) = InterleavedTimer.Measure(sides.Measured, sides.Against);
        return new Measurement(ratio, measured / sides.Rows, against / sides.Rows);
    }
}
