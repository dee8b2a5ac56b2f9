namespace Examples;

/// <summary>How the forearm moves in one activity, for the average person.</summary>
/// <param name="Name">The class label.</param>
/// <param name="Pitch">The mean pitch of the forearm in degrees: -90 hangs down, 0 is level.</param>
/// <param name="Roll">How far the wrist is turned inwards, in degrees.</param>
/// <param name="StridesPerSecond">Full swings of the arm per second; the body bounces twice in each.</param>
/// <param name="Swing">The swing of the arm to either side, in degrees.</param>
/// <param name="Bounce">The body's vertical acceleration, in m/s².</param>
/// <param name="StrokesPerSecond">Strokes of a racket per second, at random times.</param>
public sealed record Activity(
    string Name, double Pitch, double Roll, double StridesPerSecond, double Swing, double Bounce, double StrokesPerSecond)
{
    public static IReadOnlyList<Activity> All { get; } =
    [
        new("standing", Pitch: -75, Roll: 5, StridesPerSecond: 0.2, Swing: 2, Bounce: 0.1, StrokesPerSecond: 0),
        new("walking", Pitch: -65, Roll: 10, StridesPerSecond: 0.9, Swing: 18, Bounce: 2, StrokesPerSecond: 0),
        new("running", Pitch: -10, Roll: 50, StridesPerSecond: 1.35, Swing: 28, Bounce: 9, StrokesPerSecond: 0),
        new("badminton", Pitch: 15, Roll: -15, StridesPerSecond: 0.5, Swing: 10, Bounce: 2, StrokesPerSecond: 0.6),
    ];
}
