namespace Examples;

internal static class RandomExtensions
{
    /// <summary>A draw from the standard normal distribution (Box and Muller, 1958).</summary>
    public static double NextGaussian(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(random.NextAngle());

    /// <summary>A uniformly distributed angle in radians.</summary>
    public static double NextAngle(this Random random) => random.NextDouble() * Math.Tau;
}
