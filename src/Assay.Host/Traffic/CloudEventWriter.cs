using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Host.Traffic;

/// <summary>Builds CloudEvents 1.0 messages for Kafka, binary or structured as the frame says. One message at a time.</summary>
internal sealed class CloudEventWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(2_048);
    private readonly Utf8JsonWriter _json;
    private EventFrame? _frame;
    private string _id = "";
    private DateTimeOffset _time;
    private long _number;

    public CloudEventWriter() =>
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Opens the event's data object; the caller writes its properties and calls <see cref="End"/>.</summary>
    public Utf8JsonWriter Begin(EventFrame frame, long number, string id, DateTimeOffset time)
    {
        (_frame, _number, _id, _time) = (frame, number, id, time);
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        if (!frame.Structured)
            return _json;
        _json.WriteString("specversion"u8, "1.0"u8);
        _json.WriteString("id"u8, id);
        _json.WriteString("source"u8, frame.Source);
        _json.WriteString("type"u8, frame.Type);
        _json.WriteString("time"u8, time.UtcDateTime);
        _json.WriteString("datacontenttype"u8, "application/json"u8);
        _json.WriteStartObject("data"u8);
        return _json;
    }

    /// <param name="attack">Truth of the message; null for honest traffic.</param>
    public TrafficMessage End(TimedAttack? attack)
    {
        var frame = _frame ?? throw new InvalidOperationException("No event was begun.");
        _json.WriteEndObject();
        if (frame.Structured)
            _json.WriteEndObject();
        _json.Flush();
        var value = _buffer.WrittenSpan.ToArray();
        return new TrafficMessage(_number, frame.Topic, frame.Key, value, frame.Headers(_id, _time), _time, _id, attack?.Id);
    }

    public void Dispose() => _json.Dispose();
}
