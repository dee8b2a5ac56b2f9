using System.Numerics;

namespace Examples;

/// <summary>One person's forearm in one recording, and what a watch on its wrist reads.</summary>
/// <remarks>
/// The watch's axes: x along the forearm to the hand, y across the wrist, z out of the back of the hand. Readings are in m/s²
/// and rad/s, without sensor noise.
/// </remarks>
internal sealed class ArmMotion
{
    private const double Gravity = 9.81;
    private const double ForearmLength = 0.27;
    private const double StrokeSeconds = 0.25;
    private const double Radians = Math.PI / 180;

    // Rates are differences of the pose over this many seconds, to either side.
    private const double Interval = 0.01;

    private readonly double _pitch;
    private readonly double _roll;
    private readonly double _swing;
    private readonly double _bounce;
    private readonly double _angularFrequency;
    private readonly double _phase;
    private readonly double _lag;
    private readonly Stroke[] _strokes;

    public ArmMotion(Activity activity, Person person, double seconds, Random random)
    {
        _pitch = (activity.Pitch + person.Posture + (6 * random.NextGaussian())) * Radians;
        _roll = (activity.Roll + person.Mounting + (5 * random.NextGaussian())) * Radians;
        _swing = activity.Swing * person.Vigour * Radians;
        _bounce = activity.Bounce * person.Vigour;
        _angularFrequency = Math.Tau * activity.StridesPerSecond * person.Pace;
        _phase = random.NextAngle();
        _lag = 0.5 * random.NextGaussian();

        int strokes = (int)Math.Round(activity.StrokesPerSecond * person.Pace * seconds);
        _strokes = [.. Enumerable.Range(0, strokes).Select(_ => Stroke.Draw(person, seconds, random))];
    }

    /// <summary>What the accelerometer reads at a time, gravity included.</summary>
    public Vector3 Acceleration(double time)
    {
        (double before, double pitch, double after) =
            (Pose(time - Interval).Pitch, Pose(time).Pitch, Pose(time + Interval).Pitch);
        double pitchRate = (after - before) / (2 * Interval);
        double pitchAcceleration = (after - (2 * pitch) + before) / (Interval * Interval);

        double roll = Pose(time).Roll;
        double vertical = Gravity + (_bounce * Math.Sin(2 * Phase(time)));
        return new Vector3(
            (float)((vertical * Math.Sin(pitch)) - (ForearmLength * pitchRate * pitchRate)),
            (float)(vertical * Math.Cos(pitch) * Math.Sin(roll)),
            (float)((vertical * Math.Cos(pitch) * Math.Cos(roll)) + (ForearmLength * pitchAcceleration)));
    }

    /// <summary>What the gyroscope reads at a time.</summary>
    public Vector3 RotationRate(double time)
    {
        (double pitch, double roll, double yaw) before = Pose(time - Interval);
        (double pitch, double roll, double yaw) after = Pose(time + Interval);
        return new Vector3(
            (float)((after.roll - before.roll) / (2 * Interval)),
            (float)((before.pitch - after.pitch) / (2 * Interval)),
            (float)((after.yaw - before.yaw) / (2 * Interval)));
    }

    private double Phase(double time) => (_angularFrequency * time) + _phase;

    private (double Pitch, double Roll, double Yaw) Pose(double time)
    {
        double phase = Phase(time);
        double pitch = _pitch + (_swing * Math.Sin(phase));
        double roll = _roll + (0.4 * _swing * Math.Sin(phase + _lag));
        double yaw = 0.3 * _swing * Math.Cos(phase + _lag);
        foreach (Stroke stroke in _strokes)
        {
            double offset = (time - stroke.Time) / StrokeSeconds;
            double pulse = Math.Exp(-offset * offset);
            pitch += stroke.Pitch * pulse;
            roll += stroke.Roll * pulse;
            yaw += stroke.Yaw * pulse;
        }

        return (pitch, roll, yaw);
    }

    private readonly record struct Stroke(double Time, double Pitch, double Roll, double Yaw)
    {
        public static Stroke Draw(Person person, double seconds, Random random) => new(
            seconds * random.NextDouble(),
            person.Vigour * (40 + (15 * random.NextGaussian())) * Radians,
            person.Vigour * (-30 + (15 * random.NextGaussian())) * Radians,
            person.Vigour * (30 + (20 * random.NextGaussian())) * Radians);
    }
}
