using Microsoft.ML;
using Microsoft.ML.Data;
using static System.FormattableString;

namespace MLNet.SpatialDropout;

/// <summary>Checks what a stage or view adds to the options of a row, and the columns that it names.</summary>
internal static class ColumnRules
{
    private const string ExpectedMaskKey = "a scalar that is an integer, a text, a key or a boolean";

    /// <summary>Checks what needs no schema.</summary>
    public static void CheckOptions(SpatialDropoutOptions options)
    {
        OptionRules.CheckValues(options);
        if (options.Columns is { } columns)
            CheckColumns(options, columns);
        else
            CheckName(nameof(options.OutputColumnName), options.OutputColumnName);
        if (options.InputColumnName is not null)
            CheckName(nameof(options.InputColumnName), options.InputColumnName);
        if (options.MaskKeyColumnName is not null)
            CheckName(nameof(options.MaskKeyColumnName), options.MaskKeyColumnName);
        if (options.MaskKeyColumnName == options.OutputColumnName)
            ThrowHelper.ThrowInvalid(
                nameof(options.MaskKeyColumnName),
                $"MaskKeyColumnName is '{options.MaskKeyColumnName}', and so is OutputColumnName, which would hide it.");

        if (options.Copies < 1)
            ThrowHelper.ThrowOutOfRange(nameof(options.Copies), options.Copies, "at least 1");
        if (options.SharedAcrossRows && options.MaskKeyColumnName is not null)
            ThrowHelper.ThrowConflict(
                nameof(options.MaskKeyColumnName), options.MaskKeyColumnName, nameof(options.SharedAcrossRows), true,
                "Set only one of them: all rows share one mask, or rows with equal keys do.");
    }

    /// <summary>Checks that a schema shape, which has no lengths, has the columns to read.</summary>
    public static void CheckColumns(SpatialDropoutOptions options, SchemaShape schema, string parameter)
    {
        foreach (string name in options.SourceColumnNames)
        {
            SchemaShape.Column column = schema.FirstOrDefault(column => column.Name == name);
            if (column.Name is null)
                ColumnThrowHelper.ThrowMissing(parameter, name, Expected(options), schema.Select(other => other.Name));
            CheckType(
                options, parameter, name, column.ItemType, column.Kind != SchemaShape.Column.VectorKind.Scalar,
                column.Kind != SchemaShape.Column.VectorKind.VariableVector,
                $"{column.Kind} of {(column.IsKey ? "key " : "")}{column.ItemType}");
        }
    }

    /// <summary>Checks that a schema has the columns to read, of types that fit the options.</summary>
    /// <returns>The layout of each column.</returns>
    public static RowLayout[] CheckColumns(SpatialDropoutOptions options, DataViewSchema schema, string parameter)
    {
        IReadOnlyList<string> names = options.SourceColumnNames;
        var layouts = new RowLayout[names.Count];
        for (int i = 0; i < layouts.Length; i++)
            layouts[i] = CheckColumn(options, i, schema, parameter);
        return layouts;
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

    private static void CheckColumns(SpatialDropoutOptions options, IReadOnlyList<string> columns)
    {
        if (columns.Count == 0)
            ThrowHelper.ThrowOutOfRange(nameof(options.Columns), columns, "the names of one column or more");
        for (int i = 0; i < columns.Count; i++)
            CheckName(Invariant($"{nameof(options.Columns)}[{i}]"), columns[i]);
        if (columns.Distinct().Count() != columns.Count)
            ThrowHelper.ThrowOutOfRange(nameof(options.Columns), columns, "different names");

        const string InPlace = "Columns are dropped out in place, so leave the names of a single column unset. To keep the plain"
            + " columns too, copy them with CopyColumns first.";
        if (!string.IsNullOrEmpty(options.OutputColumnName))
            ThrowHelper.ThrowConflict(
                nameof(options.Columns), columns, nameof(options.OutputColumnName), $"'{options.OutputColumnName}'", InPlace);
        if (options.InputColumnName is not null)
            ThrowHelper.ThrowConflict(
                nameof(options.Columns), columns, nameof(options.InputColumnName), $"'{options.InputColumnName}'", InPlace);
        if (options.MaskKeyColumnName is { } key && columns.Contains(key))
            ThrowHelper.ThrowConflict(
                nameof(options.Columns), columns, nameof(options.MaskKeyColumnName), $"'{key}'",
                "A column cannot name the masks by which it is dropped out.");
        if (options.PerElement)
            ThrowHelper.ThrowConflict(
                nameof(options.Columns), columns, nameof(options.PerElement), true,
                "Element j of all columns would drop together. Use a stage for each column, or Concatenate them first.");
        if (!options.ColumnsAreSensors)
            return;

        if (options.Layout != DropoutOptions.DefaultLayout)
            ThrowHelper.ThrowInvalid(
                nameof(options.Layout),
                $"Layout is {options.Layout}, but Channels and Groups are null, so each of the Columns is one sensor. Set Channels"
                + " or Groups if the columns have several.");
        const string NoSteps = "Each of the Columns is one sensor, without steps. Set Channels or Groups if the columns are series.";
        if (options.OutageSteps is { } steps)
            ThrowHelper.ThrowConflict(
                nameof(options.OutageSteps), steps, nameof(options.Columns), columns, NoSteps);
        if (options.Fill.Alternatives.Contains(DropoutFill.LastValue))
            ThrowHelper.ThrowConflict(nameof(options.Fill), options.Fill, nameof(options.Columns), columns, NoSteps);
        OptionRules.CheckCounts(options, columns.Count);
    }

    private static RowLayout CheckColumn(SpatialDropoutOptions options, int index, DataViewSchema schema, string parameter)
    {
        string name = options.SourceColumnNames[index];
        DataViewSchema.Column? column = schema.GetColumnOrNull(name);
        if (column is null)
            ColumnThrowHelper.ThrowMissing(parameter, name, Expected(options), schema.Select(other => other.Name));

        DataViewType type = column.Value.Type;
        var vector = type as VectorDataViewType;
        bool isKnownSize = vector?.IsKnownSize != false;
        CheckType(
            options, parameter, name, type.GetItemType(), vector is not null, isKnownSize,
            isKnownSize ? $"{type}" : $"{type} of unknown size");

        if (type.GetItemType() == NumberDataViewType.Single)
            OptionRules.CheckFill<float>(options, $"column '{name}'");
        int length = type.GetValueCount();
        DropoutOptions row = LayOut(options, index, vector, parameter);
        OptionRules.CheckLength(row, length, parameter, name);
        if (!options.ColumnsAreSensors && vector is not null)
            CheckDimensions(row, vector, parameter, name);
        return new RowLayout(row, length);
    }

    // The options of a row of a column. A column that is a sensor has one group of channels, all its elements, among those of the
    // other columns, which have none here.
    private static DropoutOptions LayOut(
        SpatialDropoutOptions options, int index, VectorDataViewType? vector, string parameter)
    {
        DropoutOptions row = options.ToRowOptions();
        if (options.HasLayout)
            return row;
        if (options.Columns is { } columns)
        {
            var groups = new int[columns.Count];
            groups[index] = vector?.Size ?? 1;
            return row with { Groups = groups };
        }

        if (vector?.Dimensions.Length != 2)
            throw new ArgumentException(
                $"Channels, Groups and Shape are null, PerElement is false, and column '{options.SourceColumnNames[index]}' of type"
                + $" {vector} does not declare two dimensions, such as Vector<Single, 128, 6>. {OptionRules.OneLayout}",
                parameter);
        return row with { Channels = vector.Dimensions[options.Layout == ChannelLayout.ChannelsLast ? 1 : 0] };
    }

    // Shapes agree if one of them only splits axes of the other.
    private static void CheckDimensions(DropoutOptions options, VectorDataViewType vector, string parameter, string column)
    {
        if (vector.Dimensions.Length < 2 || options.PerElement)
            return;
        IReadOnlyList<int> shape = options.ShapesFor(vector.Size).Shape;
        HashSet<int> declared = InnerSizes(vector.Dimensions);
        HashSet<int> expected = InnerSizes(shape);
        if (declared.IsSubsetOf(expected) || expected.IsSubsetOf(declared))
            return;

        (string option, object? value) =
            options.Shape is not null ? (nameof(options.Shape), options.Shape)
            : options.Groups is not null ? (nameof(options.Groups), options.Groups)
            : (nameof(options.Channels), (object?)options.Channels);
        string layout = options.Shape is null ? $" with Layout {options.Layout}" : "";
        throw new ArgumentOutOfRangeException(
            parameter,
            Invariant($"{option} is {value}{layout}, which lays out a row as {shape}, but column '{column}' declares the dimensions ")
            + $"[{string.Join(", ", vector.Dimensions)}]. Change {(options.Shape is null ? $"{option} or Layout" : option)} so that"
            + " they agree.");
    }

    // The number of elements of each axis and all axes within it. Axes of size 1 add nothing.
    private static HashSet<int> InnerSizes(IEnumerable<int> shape)
    {
        var sizes = new HashSet<int>();
        int size = 1;
        foreach (int axis in shape.Reverse())
        {
            size *= axis;
            if (axis > 1)
                sizes.Add(size);
        }

        return sizes;
    }

    private static void CheckType(
        SpatialDropoutOptions options, string parameter, string name, DataViewType itemType, bool isVector, bool isKnownSize,
        string actual)
    {
        string? cure =
            itemType is NumberDataViewType or BooleanDataViewType && !IsDroppable(itemType)
                ? "Convert it with mlContext.Transforms.Conversion.ConvertType"
            : !IsDroppable(itemType) ? ""
            : !isKnownSize ? "Declare its size with [VectorType(n)], or in a SchemaDefinition"
            : !isVector && options.Columns is null
                ? $"Set Columns = [\"{name}\", ...] if sensors are columns, or join scalars with Concatenate"
            : null;
        if (cure is not null)
            ColumnThrowHelper.ThrowMismatch(parameter, name, Expected(options), actual, cure);
    }

    private static string Expected(SpatialDropoutOptions options) => options.Columns is null
        ? "a vector of known size of Single or Double"
        : "a scalar or a vector of known size, of Single or Double";

    private static bool IsDroppable(DataViewType itemType) =>
        itemType == NumberDataViewType.Single || itemType == NumberDataViewType.Double;

    private static void CheckName(string option, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            ThrowHelper.ThrowInvalid(option, $"{option} must be the name of a column, but is missing or empty.");
    }
}
