using Examples;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>How a sensor fails in the test.</summary>
/// <param name="Name">What it reads, for headers.</param>
/// <param name="Damage">The options of a view that loses some sensors in every row, and no others.</param>
internal sealed record SensorFailure(string Name, Func<SensorRecordings, IReadOnlyList<int>, SpatialDropoutOptions> Damage)
{
    private const double LostPart = 0.4;

    public static SensorFailure Zero { get; } = Whole("zero", DropoutFill.Zero);

    public static IReadOnlyList<SensorFailure> All { get; } =
    [
        Zero,
        Whole("NaN", DropoutFill.Missing),
        Whole("-999", DropoutFill.Constant(-999)),
        Whole("stuck", DropoutFill.LastValue),
        new("zero in the last 40 %", DamageEnd),
    ];

    private static SensorFailure Whole(string name, DropoutFill fill) => new(name, (recordings, lost) =>
        recordings.Lay(View() with
        {
            Rates = [.. Enumerable.Range(0, recordings.Sensors).Select(sensor => lost.Contains(sensor) ? 1.0 : 0.0)],
            Fill = fill,
        }));

    // An outage of OutageSteps begins anywhere. So each element of the series is a channel of its own here, with one step.
    private static SpatialDropoutOptions DamageEnd(SensorRecordings series, IReadOnlyList<int> lost)
    {
        int sensors = series.Sensors;
        int firstStep = series.Steps - (int)Math.Round(LostPart * series.Steps);
        return View() with
        {
            Channels = series.Steps * sensors,
            Rates =
            [
                .. Enumerable.Range(0, series.Steps * sensors).Select(index =>
                    index / sensors >= firstStep && lost.Contains(index % sensors) ? 1.0 : 0.0),
            ],
        };
    }

    private static SpatialDropoutOptions View() => new() { OutputColumnName = nameof(Recording.Features), Seed = 0 };
}
