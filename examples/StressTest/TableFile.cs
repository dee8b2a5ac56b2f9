using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.VisualBasic.FileIO;

namespace StressTest;

/// <summary>A table with a header, from which ML.NET loads the columns that a model was saved with.</summary>
internal sealed class TableFile
{
    private readonly string _path;
    private readonly char _separator;
    private readonly string[] _header;

    /// <exception cref="UnfitFileException">The file has no header that can be read.</exception>
    public TableFile(string path, char separator)
    {
        (_path, _separator) = (path, separator);
        using var parser = new TextFieldParser(path) { Delimiters = [$"{separator}"] };
        try
        {
            _header = parser.ReadFields() ?? throw new UnfitFileException(path, "is empty; its first line must name the columns");
        }
        catch (MalformedLineException malformed)
        {
            throw new UnfitFileException(path, $"its first line must name the columns: {malformed.Message}");
        }
    }

    /// <exception cref="UnfitFileException">The model was saved without columns, or the file lacks some of them.</exception>
    public IDataView Load(MLContext mlContext, ModelFile model)
    {
        if (model.Input is not { } schema)
            throw new UnfitFileException(
                model.Path, "was saved without the columns of its data, so a table cannot be read for it; use an .idv file");

        DataViewSchema.Column[] columns = [.. schema.Where(column => !column.IsHidden)];
        IDataView data = mlContext.Data.LoadFromTextFile(_path, new TextLoader.Options
        {
            Columns = [.. columns.Select(column => ToLoad(column, columns))],
            Separators = [_separator],
            HasHeader = true,
            AllowQuoting = true,

            // A blank is a missing value. By default it would be 0, a reading and a label like any other.
            MissingRealsAsNaNs = true,
        });

        // A key is a text in the file. Its values come in the order of the model's own.
        foreach (DataViewSchema.Column key in columns.Where(column => column.Type is KeyDataViewType && HasTextValues(column)))
        {
            VBuffer<ReadOnlyMemory<char>> values = default;
            key.GetKeyValues(ref values);
            IDataView known = mlContext.Data.LoadFromEnumerable(
                values.DenseValues().Select(value => new KeyValue($"{value}")).ToArray());
            data = mlContext.Transforms.Conversion.MapValueToKey(key.Name, keyData: known).Fit(data).Transform(data);
        }

        return data;
    }

    private static bool HasTextValues(DataViewSchema.Column key) =>
        key.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is VectorDataViewType { ItemType: TextDataViewType };

    private TextLoader.Column ToLoad(DataViewSchema.Column column, DataViewSchema.Column[] all) => new()
    {
        Name = column.Name,
        DataKind = KindOf(column),
        KeyCount = column.Type is KeyDataViewType key && !HasTextValues(column) ? new KeyCount(key.Count) : null,
        Source = [.. Sources(column, all).Select(index => new TextLoader.Range(index))],
    };

    private int[] Sources(DataViewSchema.Column column, DataViewSchema.Column[] all)
    {
        if (column.Type is not VectorDataViewType vector)
            return [Find(column.Name, column)];
        if (column.HasSlotNames())
        {
            VBuffer<ReadOnlyMemory<char>> slots = default;
            column.GetSlotNames(ref slots);
            return [.. slots.DenseValues().Select(slot => Find($"{slot}", column))];
        }

        // The readings, if there are as many as the file has columns that no other one is called after.
        int[] rest = [.. _header.Index().Where(title => all.All(other => other.Name != title.Item)).Select(title => title.Index)];
        return rest.Length == vector.Size
            ? rest
            : throw new UnfitFileException(
                _path,
                $"the model wants column '{column.Name}' of {column.Type}; the file has {rest.Length} columns that no other"
                + " column of the model is called after");
    }

    private int Find(string name, DataViewSchema.Column column) => Array.IndexOf(_header, name) is var index and >= 0
        ? index
        : throw new UnfitFileException(
            _path,
            $"the model wants a column '{name}'{(name == column.Name ? "" : $" for '{column.Name}'")}; the file has"
            + $" {string.Join(", ", _header)}");

    private DataKind KindOf(DataViewSchema.Column column)
    {
        if (column.Type is KeyDataViewType)
            return HasTextValues(column) ? DataKind.String : DataKind.UInt32;
        Type type = column.Type is VectorDataViewType vector ? vector.ItemType.RawType : column.Type.RawType;
        return type == typeof(ReadOnlyMemory<char>) ? DataKind.String
            : Enum.TryParse(type.Name, out DataKind kind) ? kind
            : throw new UnfitFileException(
                _path, $"the model wants column '{column.Name}' of {column.Type}, which a table cannot hold; use an .idv file");
    }

    private sealed record KeyValue(string Value);
}
