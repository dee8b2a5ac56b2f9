using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>
/// A view of any number of rows; functions compute the rows and their IDs. It counts what is read, and can share its memory
/// in several ways.
/// </summary>
internal sealed class VirtualView<T> : IDataView
    where T : unmanaged
{
    private readonly long _rows;
    private readonly Func<long, VBuffer<T>> _values;
    private readonly SourceMemory _memory;
    private int _valuesRead;
    private int _numbersRead;
    private int _cursorsMade;
    private int _cursorsDisposed;

    public VirtualView(long rows, int length, Func<long, VBuffer<T>> values, SourceMemory memory = SourceMemory.FillsTheCallers)
    {
        (_rows, _values, _memory) = (rows, values, memory);
        DataViewType itemType = typeof(T) == typeof(float) ? NumberDataViewType.Single : NumberDataViewType.Double;

        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType((PrimitiveDataViewType)itemType, length));
        schema.AddColumn("Number", NumberDataViewType.Int64);
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public int ValuesRead => _valuesRead;

    public int NumbersRead => _numbersRead;

    /// <summary>The columns that the last request for cursors asked for.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>The random number generator of the last request for cursors.</summary>
    public Random? Random { get; private set; }

    public int CursorsMade => _cursorsMade;

    public int CursorsDisposed => _cursorsDisposed;

    public Func<long, DataViewRowId> Id { get; init; } = row => new DataViewRowId((ulong)row, 0);

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        GetRowCursorSet(columnsNeeded, 1, rand)[0];

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        Random = rand;
        Columns = [.. columnsNeeded.Select(column => column.Name)];
        return
        [
            .. Enumerable.Range(0, n)
                .Select(part => new Cursor(this, columnsNeeded, _rows * part / n, _rows * (part + 1) / n)),
        ];
    }

    private sealed class Cursor : RangeCursor
    {
        private readonly VirtualView<T> _view;

        public Cursor(VirtualView<T> view, IEnumerable<DataViewSchema.Column> columns, long first, long end)
            : base(view.Schema, columns, first, end)
        {
            _view = view;
            Interlocked.Increment(ref view._cursorsMade);
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _view.Id(RowFor());

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!IsColumnActive(column))
                throw new InvalidOperationException($"Column {column.Name} is not active.");
            Delegate getter = column.Index == 0 ? ReadValues() : ReadNumber();
            return getter as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Column {column.Name} is not of {typeof(TValue)}.");
        }

        protected override void Dispose(bool disposing)
        {
            Interlocked.Increment(ref _view._cursorsDisposed);
            base.Dispose(disposing);
        }

        private ValueGetter<long> ReadNumber() => (ref long value) =>
        {
            value = RowFor();
            Interlocked.Increment(ref _view._numbersRead);
        };

        private ValueGetter<VBuffer<T>> ReadValues()
        {
            VBuffer<T> swapped = default;
            return (ref VBuffer<T> value) =>
            {
                VBuffer<T> own = _view._values(RowFor());
                Interlocked.Increment(ref _view._valuesRead);
                switch (_view._memory)
                {
                    case SourceMemory.HandsOutItsOwn:
                        value = own;
                        break;
                    case SourceMemory.SwapsItWithTheCallers:
                        own.CopyTo(ref swapped);
                        (swapped, value) = (value, swapped);
                        break;
                    default:
                        own.CopyTo(ref value);
                        break;
                }
            };
        }

        private long RowFor([CallerMemberName] string? reader = null) =>
            Position >= 0 ? Row : throw new InvalidOperationException($"{reader}: the cursor stands on no row.");
    }
}
