using System.Text.Json;

namespace Assay.Contracts.Wire;

/// <summary>CloudEvents 1.0 in structured mode, the form of every message that Assay makes itself (Kafka protocol binding, JSON event format).</summary>
public static class CloudEvent
{
    public const string SpecVersion = "1.0";

    /// <summary>Value of the <c>content-type</c> header, by which a reader knows structured mode.</summary>
    public const string ContentType = "application/cloudevents+json; charset=UTF-8";

    private static readonly byte[] ContentTypeBytes = [.. "application/cloudevents+json; charset=UTF-8"u8];

    /// <summary><see cref="ContentType"/> as a header value; shared, never written to.</summary>
    public static byte[] ContentTypeHeader => ContentTypeBytes;

    /// <summary>The <c>source</c> of an event about a topic: a URI reference, since topic names need no escaping.</summary>
    public static string Source(string topic) => $"/assay/{topic}";

    /// <summary>The <c>type</c> of a structured event, by which a reader of a topic with several kinds tells them apart.</summary>
    /// <exception cref="MessageFormatException">Not a JSON object with a type.</exception>
    public static string ReadType(ReadOnlySpan<byte> message)
    {
        try
        {
            var json = new Utf8JsonReader(message);
            if (json.Read() && json.TokenType == JsonTokenType.StartObject)
            {
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    var isType = json.ValueTextEquals("type"u8);
                    json.Read();
                    if (isType && json.TokenType == JsonTokenType.String)
                        return json.GetString()!;
                    json.Skip();
                }
            }
        }
        catch (JsonException e)
        {
            throw new MessageFormatException($"no CloudEvent: {e.Message}", e);
        }

        throw new MessageFormatException("no CloudEvent: a JSON object with a type was expected");
    }

    /// <summary>Values of the <c>type</c> attribute.</summary>
    public static class Types
    {
        public const string Verdict = "assay.verdict.v1";

        public const string Decision = "assay.decision.v1";

        public const string Heartbeat = "assay.heartbeat.v1";

        public const string Recall = "assay.recall.v1";
    }
}
