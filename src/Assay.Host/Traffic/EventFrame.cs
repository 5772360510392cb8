using System.Text;
using Assay.Contracts.Records;

namespace Assay.Host.Traffic;

/// <summary>CloudEvents attributes that all messages of one source share, and the mode the source writes.</summary>
internal sealed class EventFrame
{
    public EventFrame(string topic, string source, string type, bool structured)
    {
        Topic = topic;
        Source = source;
        Type = type;
        Structured = structured;
        Key = Encoding.UTF8.GetBytes(source);
        if (structured)
        {
            StructuredHeaders = [new RecordHeader("content-type", "application/cloudevents+json; charset=UTF-8"u8.ToArray())];
            return;
        }

        BinaryHeaders =
        [
            new RecordHeader("ce_specversion", "1.0"u8.ToArray()),
            new RecordHeader("ce_type", Encoding.UTF8.GetBytes(type)),
            new RecordHeader("ce_source", Key),
            new RecordHeader("content-type", "application/json"u8.ToArray()),
        ];
    }

    public string Topic { get; }

    public string Source { get; }

    public string Type { get; }

    public bool Structured { get; }

    public byte[] Key { get; }

    private RecordHeader[] StructuredHeaders { get; } = [];

    private RecordHeader[] BinaryHeaders { get; } = [];

    /// <summary>The headers of one message; one shared array in structured mode.</summary>
    public RecordHeader[] Headers(string id, DateTimeOffset time)
    {
        if (Structured)
            return StructuredHeaders;
        Span<byte> text = stackalloc byte[40];
        time.UtcDateTime.TryFormat(text, out var length, "O");
        return
        [
            BinaryHeaders[0], BinaryHeaders[1], BinaryHeaders[2],
            new RecordHeader("ce_id", Encoding.UTF8.GetBytes(id)),
            new RecordHeader("ce_time", text[..length].ToArray()),
            BinaryHeaders[3],
        ];
    }
}
