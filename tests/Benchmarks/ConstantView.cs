using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout.Benchmarks;

/// <summary>A view of any number of equal rows, with only one in memory.</summary>
internal sealed class ConstantView : IDataView
{
    private readonly long _rows;
    private readonly float[] _row;

    public ConstantView(long rows, int length)
    {
        _rows = rows;
        _row = [.. Enumerable.Range(0, length).Select(i => (float)i)];
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, length));
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [new Cursor(this)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly ConstantView _view;
        private long _position = -1;

        public Cursor(ConstantView view) => _view = view;

        public override DataViewSchema Schema => _view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            bool moved = ++_position < _view._rows;
            if (!moved)
                _position = -1;
            return moved;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            (ValueGetter<TValue>)(object)(ValueGetter<VBuffer<float>>)((ref VBuffer<float> row) =>
            {
                VBufferEditor<float> editor = VBufferEditor.Create(ref row, _view._row.Length);
                _view._row.CopyTo(editor.Values);
                row = editor.Commit();
            });
    }
}
