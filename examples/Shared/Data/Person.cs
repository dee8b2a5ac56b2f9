namespace Examples;

/// <summary>What differs between people, and is the same in all recordings of one person.</summary>
/// <param name="Pace">A factor on how fast everything is done.</param>
/// <param name="Vigour">A factor on how far and how hard.</param>
/// <param name="Posture">Degrees that the forearm is held higher than the average person's.</param>
/// <param name="Mounting">Degrees that the watch sits turned around the wrist.</param>
public sealed record Person(double Pace, double Vigour, double Posture, double Mounting)
{
    public static Person Draw(Random random) => new(
        Pace: Math.Exp(0.08 * random.NextGaussian()),
        Vigour: Math.Exp(0.2 * random.NextGaussian()),
        Posture: 8 * random.NextGaussian(),
        Mounting: 8 * random.NextGaussian());
}
