using Microsoft.ML;

namespace MLNet.SpatialDropout;

/// <summary>
/// A view without rows that notes which of its columns are read. It has none because ML.NET begins to read ahead, on other threads,
/// as soon as there is a cursor.
/// </summary>
internal sealed class ReadColumns : IDataView
{
    private readonly SortedSet<int> _columns = [];

    private ReadColumns(DataViewSchema schema) => Schema = schema;

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    /// <summary>The names of the columns of the data that a model needs for some of its outputs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The schema of the data.</param>
    /// <param name="outputs">The outputs.</param>
    public static IReadOnlyList<string> Of(ITransformer model, DataViewSchema data, IEnumerable<string> outputs)
    {
        var probe = new ReadColumns(data);
        IDataView scored = model.Transform(probe);
        scored.GetRowCursor(outputs.Select(name => scored.Schema[name])).Dispose();
        return [.. probe._columns.Select(index => data[index].Name).Distinct()];
    }

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        _columns.UnionWith(columns.Select(column => column.Index));
        return new EmptyCursor(Schema, columns);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
