using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.SpatialDropout;

/// <summary>Reads and writes fills as JSON strings. A number is read as a constant.</summary>
internal sealed class DropoutFillJsonConverter : JsonConverter<DropoutFill>
{
    public override DropoutFill Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return DropoutFill.Constant(reader.GetDouble());
        try
        {
            return DropoutFill.Parse(reader.GetString()!);
        }
        catch (Exception wrong) when (wrong is FormatException or InvalidOperationException)
        {
            throw new JsonException(wrong.Message, wrong);
        }
    }

    public override void Write(Utf8JsonWriter writer, DropoutFill value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
