using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;

namespace Assay.Contracts.Wire;

/// <summary>
/// JSON of the messages that are too rare to be written by hand: snake_case names, enumerations by their wire names, numbers as
/// <see cref="JsonNumber"/> has them, null left out, unknown fields passed over.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(VerdictKindConverter), typeof(DatasetModeConverter), typeof(StandingConverter), typeof(RoundedConverter)])]
[JsonSerializable(typeof(VerdictMessage))]
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(Recall))]
[JsonSerializable(typeof(TrustHeartbeat))]
internal sealed partial class WireJson : JsonSerializerContext
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] WriteEvent<T>(string type, string source, string id, T data, JsonTypeInfo<T> info)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("specversion", CloudEvent.SpecVersion);
            json.WriteString("source", source);
            json.WriteString("id", id);
            json.WriteString("type", type);
            json.WriteString("datacontenttype", "application/json");
            json.WritePropertyName("data");
            JsonSerializer.Serialize(json, data, info);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Reads the data of a structured CloudEvent after checking its envelope.</summary>
    /// <exception cref="MessageFormatException">Not such an event; the text names the field.</exception>
    public static T ReadEvent<T>(ReadOnlySpan<byte> message, string type, JsonTypeInfo<T> info)
    {
        try
        {
            var reader = new Utf8JsonReader(message);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            Expect(root, "specversion", CloudEvent.SpecVersion);
            Expect(root, "type", type);
            if (!root.TryGetProperty("data", out var data))
                throw new MessageFormatException($"the event of type {type} has no data");
            return data.Deserialize(info) ?? throw new MessageFormatException($"the data of the event of type {type} is null");
        }
        catch (JsonException e)
        {
            throw new MessageFormatException($"no event of type {type}: {e.Message}", e);
        }
    }

    private static void Expect(JsonElement root, string name, string expected)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new MessageFormatException($"expected a CloudEvent, found JSON {root.ValueKind}");
        if (!root.TryGetProperty(name, out var value))
            throw new MessageFormatException($"the event has no {name}; expected '{expected}'");
        if (value.ValueKind != JsonValueKind.String || !value.ValueEquals(expected))
            throw new MessageFormatException($"{name} is {value.GetRawText()}, expected \"{expected}\"");
    }
}
