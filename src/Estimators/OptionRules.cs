using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>All that is checked of options, in one place: by themselves, against a vector's length, against a schema.</summary>
internal static class OptionRules
{
    private const string ExpectedColumn = "a vector of known size of Single or Double";

    /// <summary>What needs neither a column nor data.</summary>
    public static void CheckValues(SpatialDropoutOptions options)
    {
        CheckShapes(options);

        // Written so that NaN, which compares false with everything, is refused too.
        if (!(options.Rate is >= 0 and <= 1))
            Refuse.Value(nameof(options.Rate), options.Rate, "a probability from 0 to 1");

        if (options.Fill is null)
            Refuse.Combination(nameof(options.Fill), "Fill must be one of Zero, Missing and Constant, but is null.");
        if (options.Scaling is { } scaling && !Enum.IsDefined(scaling))
            Refuse.Value(nameof(options.Scaling), scaling, "Inverted, None or null");
        if (options.Scaling == DropoutScaling.Inverted && options.Fill != DropoutFill.Zero)
            Refuse.Combination(
                nameof(options.Scaling),
                $"Scaling is Inverted with Fill {options.Fill}. Inverted scaling keeps the expected value only where dropped values"
                + " become zero; allowed here: None, or null for the default.");

        if (options.Copies < 1)
            Refuse.Value(nameof(options.Copies), options.Copies, "at least 1");
    }

    /// <summary>The names of the columns, which a stage and a view need and a plan does not.</summary>
    public static void CheckNames(SpatialDropoutOptions options)
    {
        CheckName(nameof(options.OutputColumnName), options.OutputColumnName);
        if (options.InputColumnName is not null)
            CheckName(nameof(options.InputColumnName), options.InputColumnName);
    }

    /// <summary>Whether the shapes fit a vector of <paramref name="length"/> elements.</summary>
    public static void CheckLength(SpatialDropoutOptions options, int length, string parameter)
    {
        if (length < 1)
            Refuse.Value(parameter, length, "a vector length of at least 1");
        if (options.Channels is { } channels && length % channels != 0)
            Refuse.Length(parameter, nameof(options.Channels), channels, length, "the number of channels must divide the length");
        if (options.Shape is { } shape && shape.ElementCount != length)
            Refuse.Length(parameter, nameof(options.Shape), shape, length, "the product of the axis sizes must be the length");
    }

    /// <summary>Whether a promised schema, which knows no lengths yet, has the input column.</summary>
    public static void CheckColumn(SpatialDropoutOptions options, SchemaShape schema, string parameter)
    {
        SchemaShape.Column column = schema.FirstOrDefault(column => column.Name == options.SourceColumnName);
        if (column.Name is null)
            Refuse.Column(parameter, options.SourceColumnName, ExpectedColumn, "no such column");
        if (column.Kind != SchemaShape.Column.VectorKind.Vector || column.IsKey || !IsDroppable(column.ItemType))
            Refuse.Column(
                parameter, column.Name, ExpectedColumn, $"{column.Kind} of {(column.IsKey ? "key " : "")}{column.ItemType}");
    }

    /// <summary>Whether a schema has the input column, with a length that fits the shapes.</summary>
    /// <returns>The length of the column's vectors.</returns>
    public static int CheckColumn(SpatialDropoutOptions options, DataViewSchema schema, string parameter)
    {
        DataViewSchema.Column? column = schema.GetColumnOrNull(options.SourceColumnName);
        if (column is null)
            Refuse.Column(parameter, options.SourceColumnName, ExpectedColumn, "no such column");

        var type = column.Value.Type as VectorDataViewType;
        if (type is null || !type.IsKnownSize || !IsDroppable(type.ItemType))
            Refuse.Column(parameter, options.SourceColumnName, ExpectedColumn, $"{column.Value.Type}");

        CheckLength(options, type.Size, parameter);
        return type.Size;
    }

    private static bool IsDroppable(DataViewType itemType) =>
        itemType == NumberDataViewType.Single || itemType == NumberDataViewType.Double;

    private static void CheckName(string option, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            Refuse.Combination(option, $"{option} must be the name of a column, but is missing or empty.");
    }

    private static void CheckShapes(SpatialDropoutOptions options)
    {
        if (!Enum.IsDefined(options.Layout))
            Refuse.Value(nameof(options.Layout), options.Layout, "TimeByChannel or ChannelByTime");

        if (options.Channels is { } channels)
        {
            if (channels < 1)
                Refuse.Value(nameof(options.Channels), channels, "at least 1");
            if (options.Shape is not null || options.NoiseShape is not null)
                Refuse.Combination(
                    nameof(options.Channels),
                    $"Channels is {channels} while {(options.Shape is { } given ? $"Shape is {given}" : $"NoiseShape is {options.NoiseShape}")}:"
                    + " lay out the row with Channels or with shapes, not with both.");
            return;
        }

        if (options.Layout != SpatialDropoutOptions.DefaultLayout)
            Refuse.Combination(nameof(options.Layout), $"Layout is {options.Layout}, which orders Channels; but Channels is null.");

        if (options.Shape is { } shape)
            CheckAxes(shape, options.NoiseShape);
        else if (options.NoiseShape is { } noiseShape)
            Refuse.Combination(nameof(options.NoiseShape), $"NoiseShape is {noiseShape}, but the Shape it belongs to is null.");
        else if (!options.CoinPerElement)
            Refuse.Combination(
                nameof(options.Channels),
                "Channels and Shape are both null: give the number of Channels, or the Shape of a row (for one coin per"
                + " element, Shape = [length]).");
    }

    private static void CheckAxes(DropoutShape shape, DropoutShape? noiseShape)
    {
        if (shape.Count == 0 || shape.Any(size => size < 1))
            Refuse.Value(nameof(SpatialDropoutOptions.Shape), shape, "one axis size or more, each at least 1");

        if (noiseShape is null)
            return;
        if (noiseShape.Count != shape.Count)
            Refuse.Value(
                nameof(SpatialDropoutOptions.NoiseShape), noiseShape, $"of the {shape.Count} axes of Shape {shape}");
        for (int axis = 0; axis < shape.Count; axis++)
        {
            if (noiseShape[axis] != 1 && noiseShape[axis] != shape[axis])
                Refuse.Value(
                    nameof(SpatialDropoutOptions.NoiseShape), noiseShape, $"1 or {shape[axis]} on axis {axis}, as Shape is {shape}");
        }
    }
}
