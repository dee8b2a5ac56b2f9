using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// A view of several columns of different types, and a column "Number". It keeps its rows in memory, where a test can see whether
/// they change.
/// </summary>
internal sealed class ColumnsView : IDataView
{
    private readonly ViewColumn[] _columns;
    private readonly SourceMemory _memory;
    private int _cursorsMade;
    private int _cursorsDisposed;

    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="memory">What a getter does with the caller's buffer.</param>
    /// <param name="sparse">Whether rows of vectors are sparse where that is shorter.</param>
    public ColumnsView(
        int rows, ViewColumn[] columns, SourceMemory memory = SourceMemory.FillsTheCallers, bool sparse = false)
    {
        _columns = columns;
        _memory = memory;
        RowCount = rows;
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Number", NumberDataViewType.Int64);
        foreach (ViewColumn column in columns)
            schema.AddColumn(column.Name, column.Type);
        Schema = schema.ToSchema();
        Singles = Rows<float>(sparse);
        Doubles = Rows<double>(sparse);
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public int RowCount { get; }

    public int CursorsMade => _cursorsMade;

    public int CursorsDisposed => _cursorsDisposed;

    /// <summary>The values, by row and column, of the columns of <see cref="float"/>.</summary>
    public VBuffer<float>[][] Singles { get; }

    /// <summary>The values, by row and column, of the columns of <see cref="double"/>.</summary>
    public VBuffer<double>[][] Doubles { get; }

    public static DataViewRowId Id(long row) => new((ulong)(row * 7), row % 2 == 0 ? 0 : (ulong)row << 40);

    public long? GetRowCount() => RowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, columnsNeeded, 0, RowCount);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [.. Enumerable.Range(0, n).Select(part => new Cursor(this, columnsNeeded, RowCount * part / n, RowCount * (part + 1) / n))];

    // Every fifth element is NaN, and two thirds of a sparse row are implicit zeros.
    private VBuffer<T>[][] Rows<T>(bool sparse)
        where T : System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        VBuffer<T> Row(int row, int column)
        {
            int length = _columns[column].Length;
            T[] values = [.. Enumerable.Range(0, length)
                .Select(i => i % 5 == 3 ? T.NaN : T.CreateTruncating((row * 1000) + (column * 100) + i + 1))];
            int[] indices = [.. Enumerable.Range(0, length).Where(i => (i + row) % 3 == 0)];
            return !sparse || indices.Length == length
                ? new VBuffer<T>(length, values)
                : new VBuffer<T>(length, indices.Length, [.. indices.Select(i => values[i])], indices);
        }

        return [.. Enumerable.Range(0, RowCount)
            .Select(row => Enumerable.Range(0, _columns.Length).Select(column => Row(row, column)).ToArray())];
    }

    private sealed class Cursor : RangeCursor
    {
        private readonly ColumnsView _view;

        public Cursor(ColumnsView view, IEnumerable<DataViewSchema.Column> columns, int first, int end)
            : base(view.Schema, columns, first, end)
        {
            _view = view;
            Interlocked.Increment(ref view._cursorsMade);
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = Id(Row);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            int index = column.Index - 1;
            Delegate getter = index < 0 ? ReadNumber()
                : _view._columns[index] switch
                {
                    { Size: null, IsDouble: true } => ReadScalar(_view.Doubles, index),
                    { Size: null } => ReadScalar(_view.Singles, index),
                    { IsDouble: true } => ReadVector(_view.Doubles, index),
                    _ => ReadVector(_view.Singles, index),
                };
            return (ValueGetter<TValue>)getter;
        }

        protected override void Dispose(bool disposing)
        {
            Interlocked.Increment(ref _view._cursorsDisposed);
            base.Dispose(disposing);
        }

        private ValueGetter<long> ReadNumber() => (ref long value) => value = Row;

        private ValueGetter<T> ReadScalar<T>(VBuffer<T>[][] rows, int column) =>
            (ref T value) => value = rows[Row][column].GetItemOrDefault(0);

        private ValueGetter<VBuffer<T>> ReadVector<T>(VBuffer<T>[][] rows, int column)
        {
            VBuffer<T> swapped = default;
            return (ref VBuffer<T> value) =>
            {
                switch (_view._memory)
                {
                    case SourceMemory.HandsOutItsOwn:
                        value = rows[Row][column];
                        break;
                    case SourceMemory.SwapsItWithTheCallers:
                        rows[Row][column].CopyTo(ref swapped);
                        (swapped, value) = (value, swapped);
                        break;
                    default:
                        rows[Row][column].CopyTo(ref value);
                        break;
                }
            };
        }
    }
}
