using System.Numerics;

namespace Examples;

/// <summary>
/// Generates recordings of a wrist-worn accelerometer and gyroscope during four activities. Nobody is in both the training and
/// the test data. The same seed gives the same recordings.
/// </summary>
public static class WearableGenerator
{
    public const int Steps = 100;
    public const int StepsPerSecond = 10;

    private const int RecordingsPerActivity = 5;
    private const double AccelerometerNoise = 0.4;
    private const double GyroscopeNoise = 0.08;

    private static readonly string[] ChannelNames = ["acc-x", "acc-y", "acc-z", "gyr-x", "gyr-y", "gyr-z"];

    /// <param name="seed">The seed of all draws.</param>
    /// <param name="people">The number of people in each of training and test data; each does every activity five times.</param>
    public static DataSet Generate(int seed, int people = 8)
    {
        var random = new Random(seed);
        return new DataSet("Generated wearable", Record(people, random), Record(people, random));
    }

    private static RecordingSet Record(int people, Random random)
    {
        var recordings = new List<Recording>();
        for (int person = 0; person < people; person++)
        {
            Person wearer = Person.Draw(random);
            foreach (Activity activity in Activity.All)
            {
                for (int repetition = 0; repetition < RecordingsPerActivity; repetition++)
                    recordings.Add(Record(activity, wearer, random));
            }
        }

        return new RecordingSet(ChannelNames, Steps, recordings);
    }

    private static Recording Record(Activity activity, Person wearer, Random random)
    {
        var motion = new ArmMotion(activity, wearer, (double)Steps / StepsPerSecond, random);
        float[] features = new float[Steps * ChannelNames.Length];
        for (int step = 0; step < Steps; step++)
        {
            double time = (double)step / StepsPerSecond;
            Span<float> reading = features.AsSpan(step * ChannelNames.Length, ChannelNames.Length);
            Read(motion.Acceleration(time), AccelerometerNoise, reading[..3], random);
            Read(motion.RotationRate(time), GyroscopeNoise, reading[3..], random);
        }

        return new Recording { Label = activity.Name, Features = features };
    }

    private static void Read(Vector3 truth, double noise, Span<float> reading, Random random)
    {
        for (int axis = 0; axis < reading.Length; axis++)
            reading[axis] = truth[axis] + (float)(noise * random.NextGaussian());
    }
}
