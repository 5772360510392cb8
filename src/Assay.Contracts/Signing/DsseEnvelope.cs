using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Contracts.Wire;

namespace Assay.Contracts.Signing;

/// <summary>
/// A DSSE envelope: signatures and what they are over. On Kafka it is detached: the payload is the message's value, and the rest stands in the header
/// <see cref="Topics.HeaderNames.Dsse"/>.
/// </summary>
/// <param name="Signatures">1 or more.</param>
/// <param name="Payload">Null in a detached envelope.</param>
public sealed record DsseEnvelope(string PayloadType, IReadOnlyList<TrustSignature> Signatures, byte[]? Payload = null)
{
    private const int MaxSignatures = 16;
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Signs a payload.</summary>
    public static DsseEnvelope Sign(byte[] payload, TrustSigner signer) => new(Dsse.PayloadType, [signer.Sign(payload)], payload);

    /// <summary><c>{"payload":…,"payloadType":…,"signatures":[{"keyid":…,"sig":…}]}</c>; a payload and signatures in base64 (RFC 4648 §4).</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Payload is not null)
            json.WriteBase64String("payload", Payload);
        json.WriteString("payloadType", PayloadType);
        json.WriteStartArray("signatures");
        foreach (var signature in Signatures)
        {
            json.WriteStartObject();
            json.WriteString("keyid", signature.KeyId);
            json.WriteBase64String("sig", signature.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The header's value: the envelope without its payload.</summary>
    public byte[] ToHeader()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
            (this with { Payload = null }).Write(json);
        return buffer.ToArray();
    }

    /// <exception cref="MessageFormatException">No envelope; the text names the field.</exception>
    public static DsseEnvelope Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            using var document = JsonDocument.ParseValue(ref reader);
            return reader.BytesConsumed == utf8.Length ? Parse(document.RootElement) : throw new MessageFormatException("something follows the envelope");
        }
        catch (JsonException e)
        {
            throw new MessageFormatException($"the envelope is no JSON: {e.Message}", e);
        }
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static DsseEnvelope Parse(JsonElement envelope)
    {
        if (envelope.ValueKind != JsonValueKind.Object)
            throw new MessageFormatException($"the envelope is JSON {envelope.ValueKind}, not an object");
        var payload = envelope.TryGetProperty("payload", out var value) ? Base64(value, "payload") : null;
        var type = Text(envelope, "payloadType");
        if (!envelope.TryGetProperty("signatures", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MaxSignatures)
            throw new MessageFormatException($"the envelope has no list of 1 to {MaxSignatures} signatures");
        return new DsseEnvelope(type, [.. list.EnumerateArray().Select(Signature)], payload);
    }

    private static TrustSignature Signature(JsonElement signature) =>
        signature.ValueKind == JsonValueKind.Object && signature.TryGetProperty("sig", out var sig)
            ? new TrustSignature(Text(signature, "keyid"), Base64(sig, "sig"))
            : throw new MessageFormatException("a signature of the envelope has no sig");

    private static string Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            throw new MessageFormatException($"the envelope has no {name}");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new MessageFormatException($"the envelope's {name} is no UTF-8", e);
        }
    }

    /// <summary>Only the one spelling that an encoder writes: no two texts mean the same bytes.</summary>
    private static byte[] Base64(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes) && value.ValueEquals(Convert.ToBase64String(bytes)))
            return bytes;
        throw new MessageFormatException($"the envelope's {name} is no base64");
    }
}
