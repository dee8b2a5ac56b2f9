using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>A view that notes which of its columns are read. It passes everything on.</summary>
internal sealed class ReadColumns : IDataView
{
    private readonly IDataView _source;
    private readonly SortedSet<int> _columns = [];

    private ReadColumns(IDataView source) => _source = source;

    public DataViewSchema Schema => _source.Schema;

    public bool CanShuffle => _source.CanShuffle;

    /// <summary>The names of the columns of the data that a model needs for some of its outputs. No row is read.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The data.</param>
    /// <param name="outputs">The outputs.</param>
    public static IReadOnlyList<string> Of(ITransformer model, IDataView data, IEnumerable<string> outputs)
    {
        var probe = new ReadColumns(data);
        IDataView scored = model.Transform(probe);
        scored.GetRowCursor(outputs.Select(name => scored.Schema[name])).Dispose();
        return [.. probe._columns.Select(index => data.Schema[index].Name).Distinct()];
    }

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        _columns.UnionWith(columns.Select(column => column.Index));
        return _source.GetRowCursor(columns, rand);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        _columns.UnionWith(columns.Select(column => column.Index));
        return _source.GetRowCursorSet(columns, n, rand);
    }
}
