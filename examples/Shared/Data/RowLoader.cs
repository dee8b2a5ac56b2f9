using Microsoft.ML;
using Microsoft.ML.Data;

namespace Examples;

/// <summary>Loads rows with a vector whose length only the program knows, so that no attribute can declare it.</summary>
public static class RowLoader
{
    /// <param name="data">The data operations of an MLContext.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="column">The column of the vector, of float.</param>
    /// <param name="length">The length of the vector in each row.</param>
    public static IDataView LoadFromEnumerable<TRow>(
        this DataOperationsCatalog data, IEnumerable<TRow> rows, string column, int length)
        where TRow : class
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(TRow));
        schema[column].ColumnType = new VectorDataViewType(NumberDataViewType.Single, length);
        return data.LoadFromEnumerable(rows, schema);
    }
}
