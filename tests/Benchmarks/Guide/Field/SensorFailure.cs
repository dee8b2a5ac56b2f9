using System.Globalization;
using Examples;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>How a sensor fails in the test.</summary>
/// <param name="Name">What it reads, for headers.</param>
/// <param name="Damage">The options of a view that loses some channels in every row, and no others.</param>
internal sealed record SensorFailure(string Name, Func<RecordingSet, IReadOnlyList<int>, SpatialDropoutOptions> Damage)
{
    private const double LostPart = 0.4;

    public static SensorFailure Zero { get; } = Whole("zero", DropoutFill.Zero);

    public static IReadOnlyList<SensorFailure> All { get; } =
    [
        Zero,
        Whole("NaN", DropoutFill.Missing),
        Whole("-999", DropoutFill.Constant(-999)),
        Whole("stuck", DropoutFill.LastValue),
        new(string.Create(CultureInfo.InvariantCulture, $"zero in the last {LostPart:0%}"), DamageEnd),
    ];

    private static SensorFailure Whole(string name, DropoutFill fill) => new(name, (recordings, lost) => View() with
    {
        Channels = recordings.Channels,
        Rates = [.. Enumerable.Range(0, recordings.Channels).Select(channel => lost.Contains(channel) ? 1.0 : 0.0)],
        Fill = fill,
    });

    // An outage of OutageSteps begins anywhere. So each element is a channel of its own here, with one step.
    private static SpatialDropoutOptions DamageEnd(RecordingSet recordings, IReadOnlyList<int> lost)
    {
        int firstStep = recordings.Steps - (int)Math.Round(LostPart * recordings.Steps);
        return View() with
        {
            Channels = recordings.FeatureCount,
            Rates =
            [
                .. Enumerable.Range(0, recordings.FeatureCount).Select(index =>
                    index / recordings.Channels >= firstStep && lost.Contains(index % recordings.Channels) ? 1.0 : 0.0),
            ],
        };
    }

    private static SpatialDropoutOptions View() => new() { OutputColumnName = nameof(Recording.Features), Seed = 0 };
}
