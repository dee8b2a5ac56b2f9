using System.Globalization;
using Examples;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>Reads tables in CSV: a first line with the sensor of each column, then a recording a line.</summary>
/// <remarks>
/// The column of the class is called <c>label</c>; columns with the same name are features of one sensor, and stand next to each
/// other: <c>acc,acc,gyro,temperature,label</c>. There are no quotes.
/// </remarks>
internal static class SensorTable
{
    private const string LabelColumn = "label";

    /// <exception cref="InvalidDataException">The file cannot be used; the message names the file and the line.</exception>
    public static SensorRecordings Read(string path)
    {
        string[] lines = [.. File.ReadLines(path).Where(line => line.Trim().Length > 0)];
        if (lines.Length < 2)
            throw new InvalidDataException($"{path}: has no line of names and a recording.");
        string[] names = [.. lines[0].Split(',').Select(name => name.Trim())];
        int label = Array.IndexOf(names, LabelColumn);
        if (label < 0)
            throw new InvalidDataException($"{path}: the first line names no column '{LabelColumn}'.");

        string[] sensors = [.. names.Where((_, column) => column != label)];
        Recording[] recordings = [.. lines[1..].Select((line, index) => ReadLine(line, $"{path}, recording {index + 1}"))];
        return new SensorRecordings(new RecordingSet(sensors, Steps: 1, recordings), CountColumns(sensors, path));

        Recording ReadLine(string line, string place)
        {
            string[] cells = line.Split(',');
            if (cells.Length != names.Length)
                throw new InvalidDataException($"{place}: has {cells.Length} cells, but the first line has {names.Length}.");
            return new Recording
            {
                Label = cells[label].Trim(),
                Features = [.. cells.Where((_, column) => column != label).Select(cell => ParseCell(cell, place))],
            };
        }
    }

    private static int[] CountColumns(string[] sensors, string path)
    {
        string[] distinct = [.. sensors.Distinct()];
        if (distinct.Length < 2)
            throw new InvalidDataException($"{path}: losing a sensor needs at least two.");
        int[] columns = [.. distinct.Select(sensor => sensors.Count(name => name == sensor))];
        IEnumerable<string> sorted = distinct.SelectMany((sensor, i) => Enumerable.Repeat(sensor, columns[i]));
        return sorted.SequenceEqual(sensors)
            ? columns
            : throw new InvalidDataException($"{path}: the columns of a sensor must stand next to each other.");
    }

    private static float ParseCell(string cell, string place) =>
        float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
            ? value
            : throw new InvalidDataException($"{place}: '{cell}' is not a number.");
}
