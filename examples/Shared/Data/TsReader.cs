using System.Globalization;

namespace Examples;

/// <summary>
/// Reads the <c>.ts</c> text format of the UEA and UCR archives (sktime, aeon): a header, then one recording a line,
/// dimensions separated by <c>:</c>, values by <c>,</c>, the class label or the number to predict last. Lines that begin with
/// <c>#</c> or <c>%</c> are comments.
/// </summary>
/// <remarks>
/// A missing value (<c>?</c> or <c>NaN</c>) becomes the last known value of its channel, as a sensor that holds its reading
/// would give; before the first known value it becomes zero. <c>@missing false</c> does not forbid it, and
/// <c>@seriesLength</c> is not read: so it is with the archive's own readers.
/// </remarks>
public static class TsReader
{
    /// <exception cref="TsFormatException">The file cannot be read, or is not in the format.</exception>
    public static TsFile Read(string path)
    {
        try
        {
            using StreamReader reader = File.OpenText(path);
            return Read(reader, path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            bool isNotThere = unreadable is FileNotFoundException or DirectoryNotFoundException;
            throw new TsFormatException(path, null, isNotThere ? "file not found" : unreadable.Message);
        }
    }

    private static TsFile Read(StreamReader reader, string path)
    {
        var header = new TsHeader(path);
        var recordings = new List<TsRecording>();
        bool inData = false;
        int line = 0;
        while (reader.ReadLine() is { } rawText)
        {
            line++;
            string text = rawText.Trim();
            if (text.Length == 0 || text[0] is '#' or '%')
                continue;

            if (inData)
                recordings.Add(ReadRecording(text, line, header, path));
            else if (text[0] == '@')
                inData = header.Accept(text, line);
            else
                throw new TsFormatException(path, line, "a recording before @data, or a header line without @, # or %");
        }

        if (recordings.Count > 0)
            return new TsFile(path, header.ProblemName, header.TargetLine, recordings);
        throw new TsFormatException(
            path, null, line == 0 ? "is empty" : inData ? "has no recordings after @data" : "has no @data");
    }

    private static TsRecording ReadRecording(string text, int line, TsHeader header, string path)
    {
        if (text[0] == '@')
            throw new TsFormatException(path, line, $"'{text}' comes after @data; a header line must come before it");
        if (text.Contains('('))
            throw new TsFormatException(path, line, "has time stamps, (t,v); only evenly spaced values are supported");

        string[] parts = text.Split(':', StringSplitOptions.TrimEntries);
        if (parts.Length == 1)
            throw new TsFormatException(path, line, "has no ':' between values and label");
        header.CheckDimensions(parts.Length - 1, line);

        string label = parts[^1];
        float? target = null;
        if (header.TargetLine is null)
            header.CheckClass(label, line);
        else if (!TryReadNumber(label, out target))
            throw new TsFormatException(path, line, $"target '{label}' is not a finite number, or '?' for a missing one");

        float[][] channels = [.. parts[..^1].Select((series, index) => ReadSeries(series, index + 1, line, path))];
        for (int index = 0; index < channels.Length; index++)
            header.CheckLength(channels[index].Length, index + 1, line);
        return new TsRecording(line, label, target, channels);
    }

    private static float[] ReadSeries(string text, int dimension, int line, string path)
    {
        float lastKnown = 0;
        return Array.ConvertAll(text.Split(',', StringSplitOptions.TrimEntries), ReadValue);

        float ReadValue(string item) => TryReadNumber(item, out float? value)
            ? lastKnown = value ?? lastKnown
            : throw new TsFormatException(path, line, $"'{item}' in dimension {dimension} is not a finite number");
    }

    /// <param name="text">The number.</param>
    /// <param name="number">Null if it is missing.</param>
    private static bool TryReadNumber(string text, out float? number)
    {
        number = null;
        if (text == "?" || text.Equals("nan", StringComparison.OrdinalIgnoreCase))
            return true;
        if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) || !float.IsFinite(value))
            return false;
        number = value;
        return true;
    }
}
