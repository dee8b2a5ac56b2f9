using System.Globalization;

namespace Examples;

/// <summary>
/// Reads the <c>.ts</c> text format of the UEA and UCR archives (sktime, aeon): a header, then one recording a line,
/// dimensions separated by <c>:</c>, values by <c>,</c>, the class label last.
/// </summary>
/// <remarks>
/// A missing value (<c>?</c> or <c>NaN</c>) becomes the last known value of its channel, as a sensor that holds its reading
/// would give; before the first known value it becomes zero.
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
            if (text.Length == 0 || text[0] == '#')
                continue;

            if (inData)
                recordings.Add(ReadRecording(text, line, header, path));
            else if (text[0] == '@')
                inData = header.Accept(text, line);
            else
                throw new TsFormatException(path, line, "a recording before @data, or a header line without @ or #");
        }

        if (recordings.Count > 0)
            return new TsFile(path, header.ProblemName, recordings);
        throw new TsFormatException(
            path, null, line == 0 ? "is empty" : inData ? "has no recordings after @data" : "has no @data");
    }

    private static TsRecording ReadRecording(string text, int line, TsHeader header, string path)
    {
        if (text.Contains('('))
            throw new TsFormatException(path, line, "has time stamps, (t,v); only evenly spaced values are supported");

        string[] parts = text.Split(':', StringSplitOptions.TrimEntries);
        int dimensions = parts.Length - 1;
        if (dimensions == 0)
            throw new TsFormatException(path, line, "has no ':' between values and label");

        header.Dimensions ??= dimensions;
        if (dimensions != header.Dimensions)
            throw new TsFormatException(path, line, $"has {dimensions} dimensions, but {header.Dimensions} were expected");

        string label = header.CheckLabel(parts[^1], line);
        return new TsRecording(line, label, [.. parts[..^1].Select((series, index) => ReadSeries(series, index, line, path))]);
    }

    private static float[] ReadSeries(string text, int dimension, int line, string path)
    {
        float lastKnown = 0;
        return Array.ConvertAll(text.Split(',', StringSplitOptions.TrimEntries), ReadValue);

        float ReadValue(string item)
        {
            if (item == "?" || item.Equals("nan", StringComparison.OrdinalIgnoreCase))
                return lastKnown;
            bool isNumber = float.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out float value);
            if (!isNumber || !float.IsFinite(value))
                throw new TsFormatException(path, line, $"'{item}' in dimension {dimension + 1} is not a finite number");
            return lastKnown = value;
        }
    }
}
