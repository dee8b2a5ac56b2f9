using Examples;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>A data set with its damaged test recordings, which all models share.</summary>
internal sealed class FieldData
{
    private static readonly IReadOnlyList<int>[] Undamaged = [[]];

    private readonly SensorRecordings _test;
    private readonly IReadOnlyList<int>[] _losses;
    private readonly Lazy<FieldTest> _failures;

    private FieldData(string name, SensorRecordings train, SensorRecordings test)
    {
        _test = test;
        _losses = [.. new SensorLosses(test.Sensors).All.Where(lost => lost.Count <= 2)];
        Name = name;
        Train = train;
        Losses = new FieldTest(test, [SensorFailure.Zero], _losses);
        _failures = new(() => new FieldTest(_test, SensorFailure.All, _losses.Where(lost => lost.Count <= 1)));
        WithoutSensor =
        [
            .. Enumerable.Range(0, train.Sensors).Select(sensor => (
                train.Without(sensor), new FieldTest(test.Without(sensor), [SensorFailure.Zero], Undamaged))),
        ];
    }

    public string Name { get; }

    public SensorRecordings Train { get; }

    /// <summary>No sensor, each one and each pair reads zero.</summary>
    public FieldTest Losses { get; }

    /// <summary>No sensor and each one, with each failure. For series only.</summary>
    public FieldTest Failures => _failures.Value;

    /// <summary>For each sensor the data set that lacks it.</summary>
    public IReadOnlyList<(SensorRecordings Train, FieldTest Test)> WithoutSensor { get; }

    /// <summary>Name and sizes.</summary>
    public string Summary =>
        $"{Name}: {Train.Labels.Count} recordings to train, {_test.Labels.Count} to test, {Train.Sensors} sensors x "
        + (Train.Columns is null ? $"{Train.Steps} steps" : $"{string.Join(", ", Train.Columns)} columns");

    /// <summary>Reads all pairs NAME_TRAIN.ts and NAME_TEST.ts of a folder.</summary>
    public static IReadOnlyList<FieldData> ReadSeries(string folder) =>
    [
        .. Pairs(folder, "ts").Select(pair =>
        {
            DataSet data = TsDataSet.Read(pair.Train, pair.Test);
            return new FieldData(data.Name, new SensorRecordings(data.Train), new SensorRecordings(data.Test));
        }),
    ];

    /// <summary>Reads all pairs NAME_TRAIN.csv and NAME_TEST.csv of a folder.</summary>
    public static IReadOnlyList<FieldData> ReadTables(string folder) =>
    [
        .. Pairs(folder, "csv").Select(pair =>
        {
            SensorRecordings train = SensorTable.Read(pair.Train);
            SensorRecordings test = SensorTable.Read(pair.Test);
            return train.Recordings.ChannelNames.SequenceEqual(test.Recordings.ChannelNames)
                ? new FieldData(pair.Name, train, test)
                : throw new InvalidDataException($"{pair.Test}: the first line names other columns than that of {pair.Train}.");
        }),
    ];

    /// <summary>A table of hand-made features of these series.</summary>
    public FieldData ToTable() => new($"{Name}, features", HandMadeFeatures.Of(Train), HandMadeFeatures.Of(_test));

    private static IEnumerable<(string Name, string Train, string Test)> Pairs(string folder, string extension)
    {
        string ending = $"_TRAIN.{extension}";
        return Directory.EnumerateFiles(folder, "*" + ending).Order(StringComparer.Ordinal).Select(train =>
        {
            string stem = train[..^ending.Length];
            return (Path.GetFileName(stem), train, $"{stem}_TEST.{extension}");
        });
    }
}
