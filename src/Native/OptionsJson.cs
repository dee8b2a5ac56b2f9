using System.Text.Json;
using System.Text.Unicode;

namespace MLNet.SpatialDropout;

/// <summary>Reads the options of a row from JSON, as <see cref="JsonSerializer"/> writes them.</summary>
/// <remarks>
/// <see cref="JsonSerializer"/> itself cannot be used ahead of time: what its source generator makes sets every <c>init</c>
/// property, and so overwrites the defaults of those that the JSON does not have.
/// </remarks>
internal static class OptionsJson
{
    private const string Integers = "an array of integers, or null";
    private const string Layouts = "ChannelsLast or ChannelsFirst";
    private const string Range = """{ "Min": integer, "Max": integer }, or null""";

    private static readonly RowOption[] All =
    [
        new("Channels", "an integer, or null", (options, value) => options with { Channels = OrNull(value, ToInteger) }),
        new("Groups", Integers, (options, value) => options with { Groups = ToList(value, ToInteger) }),
        new("Layout", Layouts, (options, value) => options with { Layout = ToEnum<ChannelLayout>(value) }),
        new("Shape", Integers, (options, value) => options with { Shape = ToList(value, ToInteger) }),
        new("NoiseShape", Integers, (options, value) => options with { NoiseShape = ToList(value, ToInteger) }),
        new("PerElement", "true or false", (options, value) => options with { PerElement = value.GetBoolean() }),
        new("SharedAcrossRows", "true or false", (options, value) => options with { SharedAcrossRows = value.GetBoolean() }),
        new("Rate", "a number, or null", (options, value) => options with { Rate = OrNull(value, ToNumber) }),
        new("Rates", "an array of numbers, or null", (options, value) => options with { Rates = ToList(value, ToNumber) }),
        new("DroppedChannels", Range, (options, value) => options with { DroppedChannels = OrNull(value, ToRange) }),
        new("LostChannels", Integers, (options, value) => options with { LostChannels = ToList(value, ToInteger) }),
        new("MinKept", "an integer", (options, value) => options with { MinKept = ToInteger(value) }),
        new("RowProbability", "a number", (options, value) => options with { RowProbability = ToNumber(value) }),
        new("OutageSteps", Range, (options, value) => options with { OutageSteps = OrNull(value, ToRange) }),
        new("Scaling", "None or Inverted", (options, value) => options with { Scaling = ToEnum<DropoutScaling>(value) }),
        new("Fill", "text or a number", (options, value) => options with { Fill = ToFill(value) }),
        new("Seed", "an integer, or null", (options, value) => options with { Seed = OrNull(value, ToInteger) }),
    ];

    /// <summary>Reads options. They have the right forms, but are not checked beyond.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="ArgumentException">It is not an object, or has what is no option, or a value of another form.</exception>
    /// <exception cref="FormatException">There is no such fill.</exception>
    public static DropoutOptions Read(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            throw new ArgumentException("The options are not UTF-8.");
        JsonElement root = Parse(utf8);
        if (root.ValueKind != JsonValueKind.Object)
            throw new ArgumentException($"The options must be a JSON object, but are {root.GetRawText()}.");
        return root.EnumerateObject().Aggregate(new DropoutOptions(), Set);
    }

    private static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonElement.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // What is no text, an escape of half a character, is an InvalidOperationException.
            throw new JsonException($"The options cannot be read. {wrong.Message}", wrong);
        }
    }

    private static DropoutOptions Set(DropoutOptions options, JsonProperty property)
    {
        RowOption option = Array.Find(All, option => option.Name == property.Name)
            ?? throw new ArgumentException(
                $"There is no option {property.Name}. The options of a row are"
                + $" {string.Join(", ", All.Select(option => option.Name))}; those of a stage or view are not among them.");
        try
        {
            return option.Set(options, property.Value);
        }
        catch (InvalidOperationException)
        {
            throw new ArgumentException($"{option.Name} must be {option.Form}, but is {property.Value.GetRawText()}.");
        }
    }

    private static T? OrNull<T>(JsonElement value, Func<JsonElement, T> convert)
        where T : struct => value.ValueKind == JsonValueKind.Null ? null : convert(value);

    private static T[]? ToList<T>(JsonElement value, Func<JsonElement, T> convert) =>
        value.ValueKind == JsonValueKind.Null ? null : [.. value.EnumerateArray().Select(convert)];

    private static int ToInteger(JsonElement value) =>
        value.TryGetInt32(out int integer) ? integer : throw new InvalidOperationException();

    private static double ToNumber(JsonElement value) => value.GetDouble();

    private static T ToEnum<T>(JsonElement value)
        where T : struct, Enum =>
        Enum.TryParse(value.GetString(), ignoreCase: true, out T named) ? named : throw new InvalidOperationException();

    private static CountRange ToRange(JsonElement value) =>
        value.GetPropertyCount() == 2
        && value.TryGetProperty("Min", out JsonElement min)
        && value.TryGetProperty("Max", out JsonElement max)
            ? new CountRange(ToInteger(min), ToInteger(max))
            : throw new InvalidOperationException();

    // The rules of the options refuse null, and say which fills there are.
    private static DropoutFill ToFill(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null!,
        JsonValueKind.Number => DropoutFill.Constant(value.GetDouble()),
        _ => DropoutFill.Parse(value.GetString()!),
    };
}
