using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>Learns the mean of each channel of a column. NaN is ignored.</summary>
internal sealed class ChannelMeans
{
    private readonly string _column;
    private readonly DropoutFill _fill;
    private readonly NoiseBroadcast _broadcast;
    private readonly double[] _sums;
    private readonly double[] _lost;
    private readonly long[] _counts;
    private long _rows;

    private ChannelMeans(string column, RowLayout layout)
    {
        // Without the groups: their channels may differ in their units.
        (IReadOnlyList<int> shape, IReadOnlyList<int> noiseShape) = layout.Options.ShapesFor(layout.Length);
        _column = column;
        _fill = layout.Options.Fill;
        _broadcast = new NoiseBroadcast(shape, noiseShape);
        _sums = new double[_broadcast.ChannelCount];
        _lost = new double[_broadcast.ChannelCount];
        _counts = new long[_broadcast.ChannelCount];
    }

    /// <summary>The means of the channels of each column, learned in one pass.</summary>
    /// <exception cref="InvalidOperationException">A channel has no value but NaN, or an infinite one.</exception>
    public static double[][] Learn(IDataView data, IReadOnlyList<string> columns, RowLayout[] layouts)
    {
        DataViewSchema.Column[] read = [.. columns.Select(name => data.Schema[name])];
        ChannelMeans[] means = [.. columns.Zip(layouts, (name, layout) => new ChannelMeans(name, layout))];
        using DataViewRowCursor cursor = data.GetRowCursor(read);
        Action[] readers = [.. means.Zip(read, (column, source) => source.Type.GetItemType() == NumberDataViewType.Single
            ? column.Reader<float>(cursor, source)
            : column.Reader<double>(cursor, source))];
        while (cursor.MoveNext())
        {
            foreach (Action reader in readers)
                reader();
        }

        return Array.ConvertAll(means, column => column.ToArray());
    }

    private Action Reader<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
        where T : INumberBase<T>
    {
        ValueGetter<VBuffer<T>> read = RowReader.Create<T>(cursor, column);
        int length = column.Type.GetValueCount();
        VBuffer<T> row = default;
        var dense = new T[length];
        return () =>
        {
            read(ref row);
            ColumnRules.CheckRow(_column, row.Length, length);
            row.CopyTo(dense);
            Add<T>(dense);
        };
    }

    // Kahan summation carries the rounding error of one addition over to the next.
    private void Add<T>(ReadOnlySpan<T> row)
        where T : INumberBase<T>
    {
        _rows++;
        for (int i = 0; i < row.Length; i++)
        {
            double value = double.CreateTruncating(row[i]);
            if (double.IsNaN(value))
                continue;

            int channel = _broadcast.ChannelOf(i);
            double addend = value - _lost[channel];
            double sum = _sums[channel] + addend;
            _lost[channel] = sum - _sums[channel] - addend;
            _sums[channel] = sum;
            _counts[channel]++;
        }
    }

    private double[] ToArray()
    {
        var means = new double[_sums.Length];
        for (int channel = 0; channel < means.Length; channel++)
        {
            means[channel] = _sums[channel] / _counts[channel];
            if (!double.IsFinite(means[channel]))
                throw new InvalidOperationException(
                    $"Fill is {_fill}, but channel {channel} of column '{_column}' has no mean: "
                    + (_rows == 0 ? "there are no rows to learn it from."
                        : _counts[channel] == 0 ? $"all its values in {_rows} rows are NaN."
                        : $"its values in {_rows} rows are infinite, or add up to infinity."));
        }

        return means;
    }
}
