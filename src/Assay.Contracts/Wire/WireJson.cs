using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Assay.Contracts.Verdicts;

namespace Assay.Contracts.Wire;

/// <summary>JSON of the messages that are too rare to be written by hand: camelCase names, enumerations by their wire names, unknown fields passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(VerdictKindConverter), typeof(DatasetModeConverter)])]
[JsonSerializable(typeof(VerdictMessage))]
internal sealed partial class WireJson : JsonSerializerContext
{
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
