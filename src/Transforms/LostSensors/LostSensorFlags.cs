using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.SpatialDropout;

/// <summary>Makes the flags of lost sensors from ML.NET's own transforms.</summary>
/// <remarks>
/// <para>
/// No stock transform asks whether all of some elements are equal to something. But a vector of keys can be turned into the count
/// of each key. So a reading that differs from the fill becomes the number of its sensor as a key, and a reading that equals it no
/// key. A sensor whose key does not occur is lost:
/// </para>
/// <code>
/// [0, 7, 0, 8]    two steps of two channels, fill 0
/// [NaN, 0, NaN, 0]    Expression
/// [NaN, 2, NaN, 2]    a normalizer adds the number of the sensor
/// [none, #2, none, #2]    MapValueToKey
/// [0, 2]    MapKeyToVector counts
/// [1, 0]    Expression
/// </code>
/// <para>Every step reads only the one before, so what comes before the columns is computed once for the flags.</para>
/// </remarks>
internal sealed class LostSensorFlags
{
    private readonly StockChain _chain;
    private readonly string _outputColumn;
    private readonly int _sensors;

    private LostSensorFlags(StockChain chain, string outputColumn, int sensors)
    {
        _chain = chain;
        _outputColumn = outputColumn;
        _sensors = sensors;
    }

    /// <summary>Makes the transformer.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="outputColumn">The column to write the flags to.</param>
    /// <param name="readings">What the sensors read.</param>
    /// <param name="sensors">The number of sensors.</param>
    /// <param name="input">A view with the columns, for its schema.</param>
    public static ITransformer Fit(
        IHostEnvironment environment, string outputColumn, Readings[] readings, int sensors, IDataView input)
    {
        var chain = new StockChain(environment, input);
        new LostSensorFlags(chain, outputColumn, sensors).Append(readings);
        return chain.ToTransformer();
    }

    // A name that no user takes, because a column of that name would be dropped too.
    private string Work(int index) => $"MLNet.SpatialDropout.IndicateLost({_outputColumn}, {index})";

    private void Append(Readings[] readings)
    {
        TransformsCatalog transforms = _chain.Transforms;
        string[] work = [.. readings.Select((_, i) => Work(i))];
        for (int i = 0; i < readings.Length; i++)
        {
            _chain.Append(transforms.Concatenate(work[i], [.. readings[i].Columns]));
            AppendMarks(work[i], readings[i].Fills);
        }

        if (work.Length > 1)
            _chain.Append(transforms.Concatenate(work[0], work));
        AppendCounts(work[0], [.. readings.SelectMany(column => column.Sensors)]);
        _chain.AppendMap(work[0], [(0, 1)], _outputColumn);
        _chain.Append(transforms.DropColumns(work));
    }

    // NaN for a reading that equals its fill, 0 for others.
    private void AppendMarks(string column, IReadOnlyList<double[]> fills)
    {
        double[] lost = fills[0];
        if (fills.Any(other => !other.AsSpan().SequenceEqual(lost)))
            lost = AppendCodes(column, fills);
        _chain.AppendMap(column, lost.Select(fill => (fill, float.NaN)));
    }

    // An expression cannot know the slot of an element. So each value that is a fill of any slot becomes a number, and each set of
    // fills adds another multiple of how many there are.
    private double[] AppendCodes(string column, IReadOnlyList<double[]> fills)
    {
        double[] values = [.. fills.SelectMany(slot => slot).Distinct()];
        string[] keys = [.. fills.Select(slot => string.Join(' ', slot.Select(value => Array.IndexOf(values, value) + 1)))];
        string[] sets = [.. keys.Distinct()];
        int codesPerSet = values.Length + 1;

        _chain.AppendMap(column, values.Select((value, i) => (value, (float)(i + 1))));
        _chain.AppendAddition(column, [.. keys.Select(key => Array.IndexOf(sets, key) * codesPerSet)]);
        return [.. sets.SelectMany((set, i) => set.Split(' ').Select(number => (double)(int.Parse(number) + (i * codesPerSet))))];
    }

    // How many readings of each sensor differ from the fill. A group without channels has no reading that could be lost.
    private void AppendCounts(string column, int[] sensors)
    {
        _chain.AppendAddition(column, [.. sensors.Select(sensor => sensor + 1)]);
        _chain.AppendKeys(column, _sensors);
        _chain.Append(_chain.Transforms.Conversion.MapKeyToVector(column, outputCountVector: true));
        int[] ofEmpty = [.. Enumerable.Range(0, _sensors).Select(sensor => sensors.Contains(sensor) ? 0 : 1)];
        if (ofEmpty.Contains(1))
            _chain.AppendAddition(column, ofEmpty);
    }
}
