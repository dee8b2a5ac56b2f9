using Examples;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Makes a table of series: a few features of each sensor.</summary>
internal static class HandMadeFeatures
{
    private static readonly Func<float[], float>[] Features =
    [
        series => series.Average(),
        Deviation,
        series => series.Min(),
        series => series.Max(),
        series => series.Zip(series.Skip(1)).Average(pair => Math.Abs(pair.Second - pair.First)),
    ];

    public static SensorRecordings Of(SensorRecordings series)
    {
        int sensors = series.Sensors;
        RecordingSet table = new(
            [.. Enumerable.Range(0, sensors * Features.Length).Select(column => $"sensor {column / Features.Length}")],
            Steps: 1,
            [
                .. series.Recordings.Recordings.Select(recording => new Recording
                {
                    Label = recording.Label,
                    Features = [.. Enumerable.Range(0, sensors).SelectMany(sensor => OfSensor(recording, sensor, sensors))],
                }),
            ]);
        return new SensorRecordings(table, [.. Enumerable.Repeat(Features.Length, sensors)]);
    }

    private static IEnumerable<float> OfSensor(Recording recording, int sensor, int sensors)
    {
        float[] series = [.. recording.Features.Where((_, index) => index % sensors == sensor)];
        return Features.Select(feature => feature(series));
    }

    private static float Deviation(float[] series)
    {
        float mean = series.Average();
        return MathF.Sqrt(series.Average(value => (value - mean) * (value - mean)));
    }
}
