namespace Examples;

/// <summary>What a model is trained on, and what it is tested on; both have the same channels and length.</summary>
public sealed record DataSet(string Name, RecordingSet Train, RecordingSet Test)
{
    /// <summary>Name and sizes, for reports.</summary>
    public string Summary =>
        $"{Name}: {Train.Recordings.Count} recordings to train, {Test.Recordings.Count} to test,"
        + $" {Train.Channels} channels x {Train.Steps} steps";

    /// <summary>Reads the files that a command line names, or generates recordings where it names none.</summary>
    /// <exception cref="TsFormatException">A file cannot be used.</exception>
    public static DataSet ReadOrGenerate((string Train, string Test)? files, int seed) =>
        files is var (train, test) ? TsDataSet.Read(train, test) : WearableGenerator.Generate(seed);
}
