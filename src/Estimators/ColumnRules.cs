using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>What is checked of the columns that options name. For the other options see <see cref="OptionRules"/>.</summary>
internal static class ColumnRules
{
    private const string ExpectedColumn = "a vector of known size of Single or Double";
    private const string ExpectedMaskKey = "a scalar that is an integer, a text, a key or a boolean";

    /// <summary>Whether there are names, which a stage and a view need and a plan does not.</summary>
    public static void CheckNames(SpatialDropoutOptions options)
    {
        CheckName(nameof(options.OutputColumnName), options.OutputColumnName);
        if (options.InputColumnName is not null)
            CheckName(nameof(options.InputColumnName), options.InputColumnName);
        if (options.MaskKeyColumnName is not null)
            CheckName(nameof(options.MaskKeyColumnName), options.MaskKeyColumnName);
        if (options.MaskKeyColumnName == options.OutputColumnName)
            Refuse.Combination(
                nameof(options.MaskKeyColumnName),
                $"MaskKeyColumnName is '{options.MaskKeyColumnName}', and so is OutputColumnName, which would hide it.");
    }

    /// <summary>Whether a promised schema, which knows no lengths yet, has the input column.</summary>
    public static void CheckColumn(SpatialDropoutOptions options, SchemaShape schema, string parameter)
    {
        SchemaShape.Column column = schema.FirstOrDefault(column => column.Name == options.SourceColumnName);
        if (column.Name is null)
            Refuse.MissingColumn(parameter, options.SourceColumnName, ExpectedColumn, schema.Select(other => other.Name));
        if (column.Kind != SchemaShape.Column.VectorKind.Vector || !IsDroppable(column.ItemType))
            Refuse.Column(
                parameter, column.Name, ExpectedColumn, $"{column.Kind} of {(column.IsKey ? "key " : "")}{column.ItemType}");
    }

    /// <summary>Whether a schema has the input column, with a length that fits the shapes.</summary>
    /// <returns>The length of the column's vectors.</returns>
    public static int CheckColumn(SpatialDropoutOptions options, DataViewSchema schema, string parameter)
    {
        DataViewSchema.Column? column = schema.GetColumnOrNull(options.SourceColumnName);
        if (column is null)
            Refuse.MissingColumn(parameter, options.SourceColumnName, ExpectedColumn, schema.Select(other => other.Name));

        var type = column.Value.Type as VectorDataViewType;
        if (type is null || !IsDroppable(type.ItemType))
            Refuse.Column(parameter, options.SourceColumnName, ExpectedColumn, $"{column.Value.Type}");
        if (!type.IsKnownSize)
            Refuse.Column(parameter, options.SourceColumnName, ExpectedColumn, $"{column.Value.Type} of unknown size");

        bool fits = options.Fill.Value is not { } fill || !double.IsFinite(fill) || float.IsFinite((float)fill);
        if (type.ItemType == NumberDataViewType.Single && !fits)
            Refuse.Value(
                nameof(options.Fill), options.Fill,
                $"a constant that a Single can hold, as column '{options.SourceColumnName}' does");

        OptionRules.CheckLength(options, type.Size, parameter, options.SourceColumnName);
        return type.Size;
    }

    /// <summary>Whether a promised schema has the mask key column.</summary>
    public static void CheckMaskKey(SpatialDropoutOptions options, SchemaShape schema, string parameter)
    {
        if (options.MaskKeyColumnName is not { } name)
            return;
        SchemaShape.Column column = schema.FirstOrDefault(column => column.Name == name);
        if (column.Name is null)
            Refuse.MissingColumn(parameter, name, ExpectedMaskKey, schema.Select(other => other.Name));
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar || !MaskKeyReader.IsSupported(column.ItemType))
            Refuse.Column(parameter, name, ExpectedMaskKey, $"{column.Kind} of {column.ItemType}");
    }

    /// <summary>Whether a schema has the mask key column, which is needed to drop out, and not to predict.</summary>
    public static void CheckMaskKey(SpatialDropoutOptions options, DataViewSchema schema, string parameter)
    {
        if (options.MaskKeyColumnName is not { } name)
            return;
        DataViewSchema.Column? column = schema.GetColumnOrNull(name);
        if (column is null)
            Refuse.MissingColumn(parameter, name, ExpectedMaskKey, schema.Select(other => other.Name));
        if (!MaskKeyReader.IsSupported(column.Value.Type))
            Refuse.Column(parameter, name, ExpectedMaskKey, $"{column.Value.Type}");
    }

    /// <summary>Whether a row is as long as its column's type promised: the one thing that only rows can show.</summary>
    public static void CheckRow(SpatialDropoutOptions options, int length, int promised)
    {
        if (length != promised)
            Refuse.Row(options.SourceColumnName, length, promised);
    }

    private static bool IsDroppable(DataViewType itemType) =>
        itemType == NumberDataViewType.Single || itemType == NumberDataViewType.Double;

    private static void CheckName(string option, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            Refuse.Combination(option, $"{option} must be the name of a column, but is missing or empty.");
    }
}
