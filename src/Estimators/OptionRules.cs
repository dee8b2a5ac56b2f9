using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>All that is checked of options, in one place: by themselves, against a vector's length, against a schema.</summary>
internal static class OptionRules
{
    private const string ExpectedColumn = "a vector of known size of Single or Double";
    private const string ExpectedMaskKey = "a scalar that is an integer, a text, a key or a boolean";

    /// <summary>What needs neither a column nor data.</summary>
    public static void CheckValues(SpatialDropoutOptions options)
    {
        CheckShapes(options);

        CheckRates(options);
        CheckFillAndScaling(options);

        if (options.Copies < 1)
            Refuse.Value(nameof(options.Copies), options.Copies, "at least 1");
    }

    /// <summary>The names of the columns, which a stage and a view need and a plan does not.</summary>
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

    /// <summary>Whether the shapes fit a vector of <paramref name="length"/> elements.</summary>
    public static void CheckLength(SpatialDropoutOptions options, int length, string parameter)
    {
        if (length < 1)
            Refuse.Value(parameter, length, "a vector length of at least 1");
        if (options.Channels is { } channels && length % channels != 0)
            Refuse.Length(parameter, nameof(options.Channels), channels, length, "the number of channels must divide the length");
        if (options.Shape is { } shape && shape.ElementCount != length)
            Refuse.Length(parameter, nameof(options.Shape), shape, length, "the product of the axis sizes must be the length");

        CheckCoins(options, options.ShapesFor(length).NoiseShape.ElementCount);
    }

    /// <summary>Whether a promised schema, which knows no lengths yet, has the input column.</summary>
    public static void CheckColumn(SpatialDropoutOptions options, SchemaShape schema, string parameter)
    {
        SchemaShape.Column column = schema.FirstOrDefault(column => column.Name == options.SourceColumnName);
        if (column.Name is null)
            Refuse.Column(parameter, options.SourceColumnName, ExpectedColumn, "no such column");
        if (column.Kind != SchemaShape.Column.VectorKind.Vector || !IsDroppable(column.ItemType))
            Refuse.Column(
                parameter, column.Name, ExpectedColumn, $"{column.Kind} of {(column.IsKey ? "key " : "")}{column.ItemType}");

        if (options.MaskKeyColumnName is not { } maskKeyName)
            return;
        SchemaShape.Column maskKey = schema.FirstOrDefault(column => column.Name == maskKeyName);
        if (maskKey.Name is null)
            Refuse.Column(parameter, maskKeyName, ExpectedMaskKey, "no such column");
        if (maskKey.Kind != SchemaShape.Column.VectorKind.Scalar || !MaskKeyReader.IsSupported(maskKey.ItemType))
            Refuse.Column(parameter, maskKeyName, ExpectedMaskKey, $"{maskKey.Kind} of {maskKey.ItemType}");
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
            Refuse.Column(parameter, options.SourceColumnName, ExpectedColumn, $"{column.Value.Type}{(type?.IsKnownSize == false ? " of unknown size" : "")}");

        if (type.ItemType == NumberDataViewType.Single && options.Fill.Value is { } fill && double.IsFinite(fill) && !float.IsFinite((float)fill))
            Refuse.Value(nameof(options.Fill), options.Fill, $"a constant that a Single can hold, as column '{options.SourceColumnName}' does");

        if (options.MaskKeyColumnName is { } maskKeyName)
        {
            DataViewSchema.Column? maskKey = schema.GetColumnOrNull(maskKeyName);
            if (maskKey is null || !MaskKeyReader.IsSupported(maskKey.Value.Type))
                Refuse.Column(parameter, maskKeyName, ExpectedMaskKey, maskKey is null ? "no such column" : $"{maskKey.Value.Type}");
        }

        CheckLength(options, type.Size, parameter);
        return type.Size;
    }

    /// <summary>Whether a row is as long as its column's type promised; the one thing that only shows while rows are read.</summary>
    public static void CheckRow(SpatialDropoutOptions options, int length, int promised)
    {
        if (length != promised)
            Refuse.Row(options.SourceColumnName, length, promised);
    }

    private static void CheckRates(SpatialDropoutOptions options)
    {
        CheckProbability(nameof(options.Rate), options.Rate);
        CheckProbability(nameof(options.RowProbability), options.RowProbability);
        if (options.MinKept < 0)
            Refuse.Value(nameof(options.MinKept), options.MinKept, "at least 0");

        if (options.ChannelRates is { } rates)
        {
            for (int coin = 0; coin < rates.Count; coin++)
                CheckProbability($"{nameof(options.ChannelRates)}[{coin}]", rates[coin]);
            if (options.HasRate)
                Refuse.Combination(nameof(options.ChannelRates), $"ChannelRates is {rates} while Rate is {options.Rate}: set only one.");
        }

        if (options.DroppedChannels is { } dropped)
        {
            if (dropped.Min < 0 || dropped.Max < dropped.Min)
                Refuse.Value(nameof(options.DroppedChannels), dropped, "(min, max) with 0 <= min <= max");
            if (options.HasRate || options.ChannelRates is not null)
                Refuse.Combination(
                    nameof(options.DroppedChannels),
                    $"DroppedChannels is {dropped} while {(options.HasRate ? $"Rate is {options.Rate}" : $"ChannelRates is {options.ChannelRates}")}:"
                    + " coins drop by number or by rate, not by both.");
        }

        if (options.SharedAcrossRows && options.MaskKeyColumnName is not null)
            Refuse.Combination(
                nameof(options.MaskKeyColumnName),
                $"MaskKeyColumnName is '{options.MaskKeyColumnName}' while SharedAcrossRows is true: all rows share one mask, or those"
                + " with an equal key do.");
    }

    private static void CheckProbability(string option, double value)
    {
        // Written so that NaN, which compares false with everything, is refused too.
        if (!(value is >= 0 and <= 1))
            Refuse.Value(option, value, "a probability from 0 to 1");
    }

    private static void CheckFillAndScaling(SpatialDropoutOptions options)
    {
        if (options.Fill is null)
            Refuse.Combination(nameof(options.Fill), "Fill must be one of Zero, Missing, Constant and ChannelMean, but is null.");
        if (options.Scaling is { } scaling && !Enum.IsDefined(scaling))
            Refuse.Value(nameof(options.Scaling), scaling, "Inverted, None or null");
        if (options.Scaling == DropoutScaling.Inverted && !options.CanScale)
            Refuse.Combination(
                nameof(options.Scaling),
                $"Scaling is Inverted with {(options.DroppedChannels is { } dropped ? $"DroppedChannels {dropped}" : $"Fill {options.Fill}")}."
                + " Inverted scaling keeps the expected value only where coins drop by rate and dropped values become zero; allowed"
                + " here: None, or null for the default.");

        bool dropsForSure = options.ChannelRates is { } rates ? rates.Contains(1) : options.Rate == 1;
        if (options.EffectiveScaling == DropoutScaling.Inverted && options.MinKept > 0 && dropsForSure)
            Refuse.Combination(
                nameof(options.Scaling),
                $"A rate is 1 while MinKept is {options.MinKept}: what is kept all the same would be scaled by 1 / (1 - 1). Allowed here:"
                + " Scaling None, or a lower rate.");
    }

    // What depends on the number of coins, which follows from the length.
    private static void CheckCoins(SpatialDropoutOptions options, long coins)
    {
        if (options.ChannelRates is { } rates && rates.Count != coins)
            Refuse.Value(nameof(options.ChannelRates), rates, $"one rate for each of the {coins} coins");
        if (options.DroppedChannels is { } dropped && dropped.Max > coins)
            Refuse.Value(nameof(options.DroppedChannels), dropped, $"no more than the {coins} coins there are");
        if (options.MinKept > coins)
            Refuse.Value(nameof(options.MinKept), options.MinKept, $"no more than the {coins} coins there are");
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

        if (options.PerElement && (options.Channels is not null || options.Shape is not null))
            Refuse.Combination(
                nameof(options.PerElement),
                $"PerElement is true while {(options.Channels is { } given ? $"Channels is {given}" : $"Shape is {options.Shape}")}: a coin for"
                + " each element needs no other layout.");

        if (options.Channels is { } channels)
        {
            if (channels < 1)
                Refuse.Value(nameof(options.Channels), channels, "at least 1");
            if (options.Shape is not null || options.NoiseShape is not null)
                Refuse.Combination(
                    nameof(options.Channels),
                    $"Channels is {channels} while {(options.Shape is not null ? $"Shape is {options.Shape}" : $"NoiseShape is {options.NoiseShape}")}:"
                    + " lay out the row with Channels or with shapes, not with both.");
            return;
        }

        if (options.Layout != SpatialDropoutOptions.DefaultLayout)
            Refuse.Combination(nameof(options.Layout), $"Layout is {options.Layout}, which orders Channels; but Channels is null.");

        if (options.Shape is { } shape)
            CheckAxes(shape, options.NoiseShape);
        else if (options.NoiseShape is { } noiseShape)
            Refuse.Combination(nameof(options.NoiseShape), $"NoiseShape is {noiseShape}, but the Shape it belongs to is null.");
        else if (!options.PerElement)
            Refuse.Combination(
                nameof(options.Channels),
                "Channels and Shape are both null and PerElement is false: give the number of Channels, or the Shape of a row, or ask"
                + " for a coin per element.");
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
