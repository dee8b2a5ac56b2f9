using System.Buffers;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.SpatialDropout;

/// <summary>What the sensors of data are called: as given, or as the data say, or by numbers.</summary>
internal static class SensorNames
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(" .,:;_-/[(");

    /// <param name="sensorNames">The names that the caller gives, if any.</param>
    /// <param name="options">The columns, and how sensors lie in them.</param>
    /// <param name="schema">The schema of the data.</param>
    /// <param name="plan">The plan of the first column.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<string>? sensorNames, SpatialDropoutOptions options, DataViewSchema schema, DropoutPlan plan)
    {
        if (sensorNames is not null)
        {
            Check(sensorNames, plan.MaskLength, options);
            return [.. sensorNames];
        }

        if (options.ColumnsAreSensors)
            return options.Columns!;
        string[]? names = FromSlotNames(schema[options.DroppedColumnNames[0]], plan.Broadcast);
        return names is not null && Array.TrueForAll(names, name => name != "") && names.Distinct().Count() == names.Length
            ? names
            : [.. Enumerable.Range(0, plan.MaskLength).Select(number => Numbered(options, number))];
    }

    private static void Check(IReadOnlyList<string> sensorNames, int sensors, SpatialDropoutOptions options)
    {
        if (sensorNames.Count != sensors || sensorNames.Any(string.IsNullOrWhiteSpace)
            || sensorNames.Distinct().Count() != sensors)
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"sensorNames must be {sensors} different names, one for each of the {options.Units}, but is"
                    + $" [{string.Join(", ", sensorNames)}]."),
                nameof(sensorNames));
    }

    private static string Numbered(SpatialDropoutOptions options, int number)
    {
        string unit = options.Groups is not null ? "group"
            : options.Shape is not null || options.PerElement ? "element"
            : "channel";
        return string.Create(CultureInfo.InvariantCulture, $"{unit} {number}");
    }

    // What the names of a sensor's slots have in common.
    private static string[]? FromSlotNames(DataViewSchema.Column column, NoiseBroadcast broadcast)
    {
        if (!column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> slots = default;
        column.GetSlotNames(ref slots);
        var names = new string?[broadcast.CoinCount];
        foreach ((int slot, ReadOnlyMemory<char> text) in slots.Items(all: true))
        {
            int sensor = broadcast.CoinOfChannel(broadcast.ChannelOf(slot));
            names[sensor] = names[sensor] is { } common ? Common(common, text.Span) : text.ToString();
        }

        return Array.ConvertAll(names, name => name ?? "");
    }

    // Cut at a separator, so that of acc_mean and acc_max not acc_m remains. In an equal name nothing is cut.
    private static string Common(string left, ReadOnlySpan<char> right)
    {
        int length = left.AsSpan().CommonPrefixLength(right);
        if (length == left.Length && (length == right.Length || Separators.Contains(right[length])))
            return left;
        int separator = left.AsSpan(0, length).LastIndexOfAny(Separators);
        ReadOnlySpan<char> common = left.AsSpan(0, separator < 0 ? length : separator);
        return common[..(common.LastIndexOfAnyExcept(Separators) + 1)].ToString();
    }
}
