using System.Buffers;
using System.Text.Json;

namespace Assay.Contracts.Verdicts;

/// <summary>The verdict message on Kafka: a structured CloudEvent whose data follows <c>verdict.v1</c>.</summary>
public static class VerdictCodec
{
    /// <summary>Writes one message value.</summary>
    public static void Write(IBufferWriter<byte> output, string topic, int partition, string source, Verdict verdict)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", $"{topic}/{partition}/{verdict.Offset}");
        json.WriteStartObject("data");
        json.WriteNumber("offset", verdict.Offset);
        json.WriteString("source", source);
        json.WriteNumber("verdict", (byte)verdict.Kind);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Reads only what a new owner needs to keep the verdict that stands: the input offset and the kind.</summary>
    public static bool TryReadKind(ReadOnlySpan<byte> message, out long offset, out VerdictKind kind)
    {
        offset = -1;
        kind = VerdictKind.None;
        return false;
    }
}
