using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Contracts.Trust;
using Assay.Contracts.Wire;

namespace Assay.Contracts.Signing;

/// <summary>
/// Lines of <c>decisions.jsonl</c> and <c>recalls.jsonl</c> that can be verified where they lie: the decision or recall as it always is, and as the last
/// field <c>dsse</c> the whole envelope, whose payload is the event as it is published on Kafka.
/// </summary>
public static class SignedLines
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The line in UTF-8, without its line break.</returns>
    public static byte[] Write(Decision decision, TrustSigner signer) => Render(
        json => TrustCodec.WriteData(json, decision), DsseEnvelope.Sign(TrustCodec.Write(decision), signer));

    /// <inheritdoc cref="Write(Decision, TrustSigner)"/>
    public static byte[] Write(Recall recall, TrustSigner signer) => Render(
        json => TrustCodec.WriteData(json, recall), DsseEnvelope.Sign(TrustCodec.Write(recall), signer));

    /// <summary>
    /// Whether the line is, to the byte, what <c>Write</c> makes of its signed payload: a change of any byte, of the readable fields as of the
    /// envelope, is found.
    /// </summary>
    /// <param name="line">Without its line break.</param>
    public static SignatureCheck Verify(ReadOnlySpan<byte> line, TrustVerifier verifier)
    {
        DsseEnvelope envelope;
        try
        {
            if (Envelope(line) is not { } found)
                return SignatureCheck.Unsigned("the line has no field dsse");
            envelope = found;
            if (envelope.Payload is not { } payload)
                return SignatureCheck.Bad("the envelope has no payload");
            var check = verifier.Check(payload, envelope);
            if (check.State != SignatureState.Good)
                return check;
            return line.SequenceEqual(Render(payload, envelope))
                ? SignatureCheck.Good
                : SignatureCheck.Bad("the line is not what was signed: its fields differ from the event in the envelope");
        }
        catch (MessageFormatException e)
        {
            return SignatureCheck.Bad(e.Message);
        }
    }

    private static DsseEnvelope? Envelope(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new MessageFormatException("the line is no JSON object");
            return document.RootElement.TryGetProperty("dsse", out var envelope) ? DsseEnvelope.Parse(envelope) : null;
        }
        catch (JsonException e)
        {
            throw new MessageFormatException($"the line is no JSON: {e.Message}", e);
        }
    }

    /// <exception cref="MessageFormatException">The event is neither a decision nor a recall.</exception>
    private static byte[] Render(byte[] payload, DsseEnvelope envelope)
    {
        switch (CloudEvent.ReadType(payload))
        {
            case CloudEvent.Types.Decision:
                var decision = TrustCodec.ReadDecision(payload);
                return Render(json => TrustCodec.WriteData(json, decision), envelope);
            case CloudEvent.Types.Recall:
                var recall = TrustCodec.ReadRecall(payload);
                return Render(json => TrustCodec.WriteData(json, recall), envelope);
            case var type:
                throw new MessageFormatException($"the signed event is a {type}, which no line holds");
        }
    }

    private static byte[] Render(Action<Utf8JsonWriter> data, DsseEnvelope envelope)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
            data(json);
        buffer.SetLength(buffer.Length - 1);
        buffer.Write(",\"dsse\":"u8);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
            envelope.Write(json);
        buffer.WriteByte((byte)'}');
        return buffer.ToArray();
    }
}
