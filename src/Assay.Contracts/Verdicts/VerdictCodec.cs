using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Contracts.Wire;

namespace Assay.Contracts.Verdicts;

/// <summary>
/// The verdict message on Kafka: a structured CloudEvent whose id is <c>topic/partition/offset</c> of the record, as
/// <c>docs/schemas/verdict.v1.json</c> says. Its one header is <c>content-type</c> (<see cref="CloudEvent.ContentTypeHeader"/>).
/// </summary>
public static class VerdictCodec
{
    // Longest position: a topic name of 249 characters, two slashes, an int and a long.
    private const int MaxPosition = 249 + 2 + 10 + 20;

    [ThreadStatic]
    private static Utf8JsonWriter? s_writer;

    /// <summary>Writes one message value. Allocates nothing once the thread has written its first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A score is not finite, or there is no verdict; nothing was written.</exception>
    public static void Write(IBufferWriter<byte> output, string topic, int partition, string source, Verdict verdict)
    {
        CheckFinite(verdict);
        var kind = verdict.Kind.Name();
        var json = s_writer ??= new Utf8JsonWriter(output, Names.Options);
        json.Reset(output);
        json.WriteStartObject();
        json.WriteString(Names.SpecVersion, Names.SpecVersion10);
        WriteEventId(json, topic, partition, verdict.Offset);
        json.WriteString(Names.Type, Names.TypeVerdict);
        json.WriteString(Names.DataContentType, Names.ApplicationJson);
        json.WriteStartObject(Names.Data);
        json.WriteString(Names.Id, verdict.RecordId);
        json.WriteString(Names.Topic, topic);
        json.WriteNumber(Names.Partition, partition);
        json.WriteNumber(Names.Offset, verdict.Offset);
        json.WriteString(Names.Source, source);
        json.WriteString(Names.Identity, verdict.Identity);
        json.WriteString(Names.Dataset, verdict.Dataset);
        json.WriteString(Names.Verdict, kind);
        json.WriteString(Names.Mode, verdict.Mode.Name());
        WriteJudgement(json, verdict);
        json.WriteNumber(Names.View, verdict.View);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>Writes the properties <c>score</c>, <c>scores</c> and <c>reasons</c> into an open object, as messages and replay files have them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A score is not finite.</exception>
    public static void WriteJudgement(Utf8JsonWriter json, Verdict verdict)
    {
        json.WritePropertyName(Names.Score);
        json.WriteRounded(verdict.Score);
        json.WriteStartObject(Names.Scores);
        for (var i = 0; i < verdict.Detectors.Length; i++)
        {
            json.WritePropertyName(verdict.Detectors[i]);
            json.WriteRounded(verdict.Scores[i]);
        }

        json.WriteEndObject();
        json.WriteStartArray(Names.Reasons);
        foreach (var reason in verdict.Reasons)
            json.WriteStringValue(reason);
        json.WriteEndArray();
    }

    /// <summary>
    /// Reads only what a new owner needs to keep the verdict that stands: the input offset and the kind. Allocates nothing.
    /// </summary>
    /// <returns>False for anything that is no verdict of this major version.</returns>
    public static bool TryReadKind(ReadOnlySpan<byte> message, out long offset, out VerdictKind kind)
    {
        offset = -1;
        kind = VerdictKind.None;
        var ofType = false;
        var json = new Utf8JsonReader(message);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isData = json.ValueTextEquals("data"u8);
                var isType = json.ValueTextEquals("type"u8);
                json.Read();
                if (isData && json.TokenType == JsonTokenType.StartObject)
                    ReadData(ref json, out offset, out kind);
                else if (isType && json.TokenType == JsonTokenType.String)
                    ofType = json.ValueTextEquals("assay.verdict.v1"u8);
                else
                    json.Skip();
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return ofType && offset >= 0 && kind != VerdictKind.None;
    }

    /// <summary>Reads a whole message; fields it does not know are passed over.</summary>
    /// <exception cref="MessageFormatException">Not a verdict of this major version; the text names the field.</exception>
    public static VerdictMessage Read(ReadOnlySpan<byte> message) =>
        WireJson.ReadEvent(message, CloudEvent.Types.Verdict, WireJson.Default.VerdictMessage);

    private static void CheckFinite(Verdict verdict)
    {
        var sum = verdict.Score;
        foreach (var score in verdict.Scores)
            sum += score - score;
        if (!double.IsFinite(sum))
            throw new ArgumentOutOfRangeException(nameof(verdict), "a published score must be finite");
    }

    private static void ReadData(ref Utf8JsonReader json, out long offset, out VerdictKind kind)
    {
        offset = -1;
        kind = VerdictKind.None;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isOffset = json.ValueTextEquals("offset"u8);
            var isVerdict = json.ValueTextEquals("verdict"u8);
            json.Read();
            if (isOffset && json.TokenType == JsonTokenType.Number)
                offset = json.TryGetInt64(out var number) ? number : -1;
            else if (isVerdict && json is { TokenType: JsonTokenType.String, HasValueSequence: false })
                kind = VerdictNames.TryParseKind(json.ValueSpan, out var named) ? named : VerdictKind.None;
            else
                json.Skip();
        }
    }

    private static void WriteEventId(Utf8JsonWriter json, string topic, int partition, long offset)
    {
        Span<byte> id = stackalloc byte[MaxPosition];
        "/assay/"u8.CopyTo(id);
        var length = 7 + Encoding.UTF8.GetBytes(topic, id[7..]);
        json.WriteString(Names.Source, id[..length]);
        var start = 7;
        id[length++] = (byte)'/';
        partition.TryFormat(id[length..], out var written);
        length += written;
        id[length++] = (byte)'/';
        offset.TryFormat(id[length..], out written);
        json.WriteString(Names.Id, id[start..(length + written)]);
    }

    private static class Names
    {
        // Reasons and ids are read by people and by JSON parsers, never as HTML.
        public static readonly JsonWriterOptions Options =
            new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

        public static readonly JsonEncodedText SpecVersion = JsonEncodedText.Encode("specversion");
        public static readonly JsonEncodedText SpecVersion10 = JsonEncodedText.Encode(CloudEvent.SpecVersion);
        public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
        public static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
        public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
        public static readonly JsonEncodedText TypeVerdict = JsonEncodedText.Encode(CloudEvent.Types.Verdict);
        public static readonly JsonEncodedText DataContentType = JsonEncodedText.Encode("datacontenttype");
        public static readonly JsonEncodedText ApplicationJson = JsonEncodedText.Encode("application/json");
        public static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
        public static readonly JsonEncodedText Topic = JsonEncodedText.Encode("topic");
        public static readonly JsonEncodedText Partition = JsonEncodedText.Encode("partition");
        public static readonly JsonEncodedText Offset = JsonEncodedText.Encode("offset");
        public static readonly JsonEncodedText Identity = JsonEncodedText.Encode("identity");
        public static readonly JsonEncodedText Dataset = JsonEncodedText.Encode("dataset");
        public static readonly JsonEncodedText Verdict = JsonEncodedText.Encode("verdict");
        public static readonly JsonEncodedText Mode = JsonEncodedText.Encode("mode");
        public static readonly JsonEncodedText Score = JsonEncodedText.Encode("score");
        public static readonly JsonEncodedText Scores = JsonEncodedText.Encode("scores");
        public static readonly JsonEncodedText Reasons = JsonEncodedText.Encode("reasons");
        public static readonly JsonEncodedText View = JsonEncodedText.Encode("view");
    }
}
