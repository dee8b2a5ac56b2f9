using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>Learns the mean of each channel in one pass over a column. NaN is ignored.</summary>
internal sealed class CoinMeans
{
    private readonly SpatialDropoutOptions _options;
    private readonly NoiseBroadcast _broadcast;
    private readonly double[] _sums;
    private readonly double[] _lost;
    private readonly long[] _counts;
    private long _rows;

    private CoinMeans(SpatialDropoutOptions options, int length)
    {
        (ValueList<int> shape, ValueList<int> noiseShape) = options.ShapesFor(length);
        _options = options;
        _broadcast = new NoiseBroadcast(shape, noiseShape);
        _sums = new double[_broadcast.CoinCount];
        _lost = new double[_broadcast.CoinCount];
        _counts = new long[_broadcast.CoinCount];
    }

    /// <summary>The mean of each coin, in the order of the coins.</summary>
    /// <exception cref="InvalidOperationException">A channel has no value but NaN, or an infinite one.</exception>
    public static double[] Learn(SpatialDropoutOptions options, IDataView data, int length)
    {
        DataViewSchema.Column column = data.Schema[options.SourceColumnName];
        var means = new CoinMeans(options, length);
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        if (column.Type.RawType == typeof(VBuffer<float>))
            means.Read<float>(cursor, column, length);
        else
            means.Read<double>(cursor, column, length);
        return means.ToArray();
    }

    private void Read<T>(DataViewRowCursor cursor, DataViewSchema.Column column, int length)
        where T : INumberBase<T>
    {
        ValueGetter<VBuffer<T>> getter = cursor.GetGetter<VBuffer<T>>(column);
        VBuffer<T> row = default;
        var dense = new T[length];
        while (cursor.MoveNext())
        {
            getter(ref row);
            ColumnRules.CheckRow(_options.SourceColumnName, row.Length, length);
            row.CopyTo(dense);
            Add<T>(dense);
        }
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

            int coin = _broadcast.CoinOf(i);
            double addend = value - _lost[coin];
            double sum = _sums[coin] + addend;
            _lost[coin] = sum - _sums[coin] - addend;
            _sums[coin] = sum;
            _counts[coin]++;
        }
    }

    private double[] ToArray()
    {
        var means = new double[_sums.Length];
        for (int coin = 0; coin < means.Length; coin++)
        {
            means[coin] = _sums[coin] / _counts[coin];
            if (!double.IsFinite(means[coin]))
                throw new InvalidOperationException(
                    $"Fill is ChannelMean, but channel {coin} of column '{_options.SourceColumnName}' has no mean: "
                    + (_rows == 0 ? "there are no rows to learn it from."
                        : _counts[coin] == 0 ? $"all its values in {_rows} rows are NaN."
                        : $"its values in {_rows} rows are infinite, or add up to infinity."));
        }

        return means;
    }
}
