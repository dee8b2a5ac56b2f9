namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>A median, and the quartiles around it.</summary>
internal readonly record struct Spread(double Median, double LowerQuartile, double UpperQuartile)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return new(At(ordered, 0.5), At(ordered, 0.25), At(ordered, 0.75));
    }

    // Interpolates between the two nearest values.
    private static double At(double[] ordered, double quantile)
    {
        double position = quantile * (ordered.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, ordered.Length - 1);
        return ordered[below] + ((position - below) * (ordered[above] - ordered[below]));
    }
}
