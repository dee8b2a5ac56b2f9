using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Tests;

/// <summary>Counts the rows that are read of a view.</summary>
internal sealed class CountingView : IDataView
{
    private readonly IDataView _source;
    private readonly string? _column;
    private int _rowsRead;

    /// <param name="source">The view.</param>
    /// <param name="column">If given, only the rows of cursors with this column are counted.</param>
    public CountingView(IDataView source, string? column = null) => (_source, _column) = (source, column);

    public DataViewSchema Schema => _source.Schema;

    public bool CanShuffle => _source.CanShuffle;

    public int RowsRead => _rowsRead;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, _source.GetRowCursor(columnsNeeded, rand));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        Array.ConvertAll(_source.GetRowCursorSet(columnsNeeded, n, rand), cursor => new Cursor(this, cursor));

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly CountingView _view;
        private readonly DataViewRowCursor _input;
        private readonly bool _counts;

        public Cursor(CountingView view, DataViewRowCursor input)
        {
            (_view, _input) = (view, input);
            _counts = view._column is null || input.IsColumnActive(view.Schema[view._column]);
        }

        public override DataViewSchema Schema => _input.Schema;

        public override long Position => _input.Position;

        public override long Batch => _input.Batch;

        public override bool MoveNext()
        {
            bool moved = _input.MoveNext();
            if (moved && _counts)
                Interlocked.Increment(ref _view._rowsRead);
            return moved;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _input.IsColumnActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _input.GetGetter<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _input.Dispose();
            base.Dispose(disposing);
        }
    }
}
