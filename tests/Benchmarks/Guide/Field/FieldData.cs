using Examples;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>A data set with its damaged test recordings, which all models share.</summary>
internal sealed class FieldData
{
    private const string TrainEnding = "_TRAIN.ts";
    private const string TestEnding = "_TEST.ts";

    private static readonly IReadOnlyList<int>[] Undamaged = [[]];

    private FieldData(DataSet data)
    {
        IReadOnlyList<int>[] losses = [.. new SensorLosses(data.Test.Channels).All.Where(lost => lost.Count <= 2)];
        Summary = data.Summary;
        Name = data.Name;
        Train = data.Train;
        Losses = new FieldTest(data.Test, [SensorFailure.Zero], losses);
        Failures = new FieldTest(data.Test, SensorFailure.All, losses.Where(lost => lost.Count <= 1));
        WithoutSensor =
        [
            .. Enumerable.Range(0, data.Train.Channels).Select(channel => (
                Remove(data.Train, channel),
                new FieldTest(Remove(data.Test, channel), [SensorFailure.Zero], Undamaged))),
        ];
    }

    public string Summary { get; }

    public string Name { get; }

    public RecordingSet Train { get; }

    /// <summary>No sensor, each one and each pair reads zero.</summary>
    public FieldTest Losses { get; }

    /// <summary>No sensor and each one, with each failure.</summary>
    public FieldTest Failures { get; }

    /// <summary>For each sensor the data set that lacks it.</summary>
    public IReadOnlyList<(RecordingSet Train, FieldTest Test)> WithoutSensor { get; }

    /// <summary>Reads all pairs NAME_TRAIN.ts and NAME_TEST.ts of a folder.</summary>
    public static IReadOnlyList<FieldData> ReadFolder(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*" + TrainEnding).Order(StringComparer.Ordinal).Select(train =>
            new FieldData(TsDataSet.Read(train, train[..^TrainEnding.Length] + TestEnding))),
    ];

    private static RecordingSet Remove(RecordingSet recordings, int channel) => recordings with
    {
        ChannelNames = [.. recordings.ChannelNames.Where((_, index) => index != channel)],
        Recordings =
        [
            .. recordings.Recordings.Select(recording => new Recording
            {
                Label = recording.Label,
                Features = [.. recording.Features.Where((_, index) => index % recordings.Channels != channel)],
            }),
        ],
    };
}
