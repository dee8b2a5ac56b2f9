namespace MLNet.SpatialDropout.Tests;

/// <summary>The flags of lost sensors, as the documentation defines them, one element at a time.</summary>
internal sealed class ReferenceFlags
{
    private readonly SpatialDropoutOptions _options;
    private readonly (ViewColumn Column, int[] Coins)[] _columns;

    public ReferenceFlags(SpatialDropoutOptions options, IReadOnlyList<ViewColumn> columns)
    {
        bool areSensors = options is { Columns: not null, Channels: null, Groups: null, Shape: null };
        _options = options;
        _columns = [.. columns.Select((column, i) => (column, areSensors
            ? [.. Enumerable.Repeat(i, column.Length)]
            : ReferenceDropout.CoinsOfElements(options, column.Length)))];
        Sensors = areSensors ? columns.Count : options.Groups?.Count ?? _columns[0].Coins.Max() + 1;
    }

    public int Sensors { get; }

    /// <summary>The sensor of each element of a column.</summary>
    public IReadOnlyList<int> SensorsOf(int column) => _columns[column].Coins;

    /// <summary>What a lost reading of a sensor may be, in a column of this type.</summary>
    public double[] FillsOf(int sensor, bool isDouble) =>
    [
        .. (_options.Fill.Fills ?? [_options.Fill])
            .Select(fill => fill.Value ?? fill.Values![sensor])
            .Select(value => isDouble ? value : (float)value),
    ];

    /// <summary>The flags of a row, given the values of each column.</summary>
    public float[] Of(IReadOnlyList<double[]> row)
    {
        var readings = new int[Sensors];
        var lost = new int[Sensors];
        for (int column = 0; column < _columns.Length; column++)
        {
            for (int element = 0; element < row[column].Length; element++)
            {
                double value = row[column][element];
                int sensor = _columns[column].Coins[element];
                readings[sensor]++;
                if (FillsOf(sensor, _columns[column].Column.IsDouble).Any(fill => fill == value || (double.IsNaN(fill) && double.IsNaN(value))))
                    lost[sensor]++;
            }
        }

        return [.. readings.Select((count, sensor) => count > 0 && lost[sensor] == count ? 1f : 0f)];
    }
}
