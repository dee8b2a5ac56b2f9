using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>Checks what a stage or view adds to the options of a row, and the columns that it names.</summary>
internal static class ColumnRules
{
    private const string ExpectedColumn = "a vector of known size of Single or Double";
    private const string ExpectedMaskKey = "a scalar that is an integer, a text, a key or a boolean";

    /// <summary>Checks what needs no schema.</summary>
    public static void CheckOptions(SpatialDropoutOptions options)
    {
        CheckName(nameof(options.OutputColumnName), options.OutputColumnName);
        if (options.InputColumnName is not null)
            CheckName(nameof(options.InputColumnName), options.InputColumnName);
        if (options.MaskKeyColumnName is not null)
            CheckName(nameof(options.MaskKeyColumnName), options.MaskKeyColumnName);
        if (options.MaskKeyColumnName == options.OutputColumnName)
            ThrowHelper.ThrowInvalid(
                nameof(options.MaskKeyColumnName),
                $"MaskKeyColumnName is '{options.MaskKeyColumnName}', and so is OutputColumnName, which would hide it.");

        OptionRules.CheckValues(options);
        if (options.Copies < 1)
            ThrowHelper.ThrowOutOfRange(nameof(options.Copies), options.Copies, "at least 1");
        if (options.SharedAcrossRows && options.MaskKeyColumnName is not null)
            ThrowHelper.ThrowConflict(
                nameof(options.MaskKeyColumnName), options.MaskKeyColumnName, nameof(options.SharedAcrossRows), true,
                "Set only one of them: all rows share one mask, or rows with equal keys do.");
    }

    /// <summary>Checks that a schema shape, which has no lengths, has the input column.</summary>
    public static void CheckColumn(SpatialDropoutOptions options, SchemaShape schema, string parameter)
    {
        SchemaShape.Column column = schema.FirstOrDefault(column => column.Name == options.SourceColumnName);
        if (column.Name is null)
            ColumnThrowHelper.ThrowMissing(
                parameter, options.SourceColumnName, ExpectedColumn, schema.Select(other => other.Name));
        if (column.Kind != SchemaShape.Column.VectorKind.Vector || !IsDroppable(column.ItemType))
            ColumnThrowHelper.ThrowMismatch(
                parameter, column.Name, ExpectedColumn, $"{column.Kind} of {(column.IsKey ? "key " : "")}{column.ItemType}");
    }

    /// <summary>Checks that a schema has the input column, with a length that fits the shapes.</summary>
    /// <returns>The length of the column's vectors.</returns>
    public static int CheckColumn(SpatialDropoutOptions options, DataViewSchema schema, string parameter)
    {
        string name = options.SourceColumnName;
        DataViewSchema.Column? column = schema.GetColumnOrNull(name);
        if (column is null)
            ColumnThrowHelper.ThrowMissing(parameter, name, ExpectedColumn, schema.Select(other => other.Name));

        var type = column.Value.Type as VectorDataViewType;
        if (type is null || !IsDroppable(type.ItemType))
            ColumnThrowHelper.ThrowMismatch(parameter, name, ExpectedColumn, $"{column.Value.Type}");
        if (!type.IsKnownSize)
            ColumnThrowHelper.ThrowMismatch(parameter, name, ExpectedColumn, $"{column.Value.Type} of unknown size");

        if (type.ItemType == NumberDataViewType.Single)
            OptionRules.CheckFill<float>(options, $"column '{name}'");
        OptionRules.CheckLength(options, type.Size, parameter, name);
        return type.Size;
    }

    /// <summary>Checks that a schema shape has the mask key column.</summary>
    public static void CheckMaskKey(SpatialDropoutOptions options, SchemaShape schema, string parameter)
    {
        if (options.MaskKeyColumnName is not { } name)
            return;
        SchemaShape.Column column = schema.FirstOrDefault(column => column.Name == name);
        if (column.Name is null)
            ColumnThrowHelper.ThrowMissing(parameter, name, ExpectedMaskKey, schema.Select(other => other.Name));
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar || !MaskKeyReader.IsSupported(column.ItemType))
            ColumnThrowHelper.ThrowMismatch(parameter, name, ExpectedMaskKey, $"{column.Kind} of {column.ItemType}");
    }

    /// <summary>Checks that a schema has the mask key column. Training needs it, prediction does not.</summary>
    public static void CheckMaskKey(SpatialDropoutOptions options, DataViewSchema schema, string parameter)
    {
        if (options.MaskKeyColumnName is not { } name)
            return;
        DataViewSchema.Column? column = schema.GetColumnOrNull(name);
        if (column is null)
            ColumnThrowHelper.ThrowMissing(parameter, name, ExpectedMaskKey, schema.Select(other => other.Name));
        if (!MaskKeyReader.IsSupported(column.Value.Type))
            ColumnThrowHelper.ThrowMismatch(parameter, name, ExpectedMaskKey, $"{column.Value.Type}");
    }

    /// <summary>Checks that a row is as long as its column's type says. Only the row itself can show that.</summary>
    public static void CheckRow(string column, int length, int expected)
    {
        if (length != expected)
            ColumnThrowHelper.ThrowRowLength(column, length, expected);
    }

    private static bool IsDroppable(DataViewType itemType) =>
        itemType == NumberDataViewType.Single || itemType == NumberDataViewType.Double;

    private static void CheckName(string option, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            ThrowHelper.ThrowInvalid(option, $"{option} must be the name of a column, but is missing or empty.");
    }
}
