namespace Examples;

/// <summary>Makes a data set of two <c>.ts</c> files.</summary>
public static class TsDataSet
{
    /// <remarks>
    /// Recordings of unequal length are padded with zeros at the end, to the longest of both files. Channels are called
    /// channel 1, channel 2 and so on, as the format has no names for them.
    /// </remarks>
    /// <exception cref="TsFormatException">A file cannot be read or has no classes, or the two do not fit together.</exception>
    public static DataSet Read(string trainPath, string testPath)
    {
        TsFile train = TsReader.Read(trainPath).RequireClasses();
        TsFile test = TsReader.Read(testPath).RequireClasses();
        CheckFit(train, test);

        int steps = Math.Max(train.Steps, test.Steps);
        string[] channelNames = [.. Enumerable.Range(1, train.Channels).Select(number => $"channel {number}")];
        return new DataSet(train.ProblemName, Convert(train, channelNames, steps), Convert(test, channelNames, steps));
    }

    private static void CheckFit(TsFile train, TsFile test)
    {
        if (train.Channels < 2)
            throw new TsFormatException(train.Path, null, "has a single dimension; losing a sensor needs at least two");
        if (test.Channels != train.Channels)
            throw new TsFormatException(
                test.Path, null, $"has {test.Channels} dimensions, but the training file has {train.Channels}");

        HashSet<string> labels = [.. train.Recordings.Select(recording => recording.Label)];
        if (labels.Count < 2)
            throw new TsFormatException(
                train.Path, null, $"has recordings of one class only ({labels.Single()}); at least two are needed");
        if (test.Recordings.FirstOrDefault(recording => !labels.Contains(recording.Label)) is { } stranger)
            throw new TsFormatException(
                test.Path, stranger.Line, $"label '{stranger.Label}' has no recording in the training file");
    }

    private static RecordingSet Convert(TsFile file, string[] channelNames, int steps) =>
        new(channelNames, steps, [.. file.Recordings.Select(recording =>
            new Recording { Label = recording.Label, Features = recording.ToFeatures(steps) })]);
}
