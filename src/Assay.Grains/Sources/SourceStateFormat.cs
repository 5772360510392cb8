using System.Text.Json;
using Assay.Contracts.Sources;
using Assay.Contracts.State;
using Assay.Grains.State;

namespace Assay.Grains.Sources;

/// <summary>
/// The durable bytes of a shard: magic, format version, the shard's id, the last applied offset, then sections of
/// (id, version, payload). A section that this program does not know is refused rather than dropped: it would be lost at the next checkpoint.
/// </summary>
public static class SourceStateFormat
{
    /// <summary>Raised when the frame changes; sections have versions of their own.</summary>
    public const int Version = 1;

    // Larger buffers are not kept for the next state.
    private const int KeptBytes = 1024 * 1024;

    [ThreadStatic]
    private static StateWriter? s_frame;

    [ThreadStatic]
    private static StateWriter? s_payload;

    private static ReadOnlySpan<byte> Magic => "ASRC"u8;

    public static byte[] Write(SourceId id, long lastOffset, IReadOnlyList<KeyValuePair<string, IStateSection>> sections)
    {
        var frame = Empty(ref s_frame);
        var payload = Empty(ref s_payload);
        foreach (var b in Magic)
            frame.Byte(b);
        frame.Varint(Version);
        frame.String(id.ToString());
        frame.Int64(lastOffset);
        StateSections.Write(frame, payload, sections);
        return frame.Written.ToArray();
    }

    /// <summary>Fills <paramref name="sections"/>; one that the bytes do not hold stays as it is (a detector that was added since).</summary>
    /// <returns>The last applied offset.</returns>
    /// <exception cref="StateFormatException">Not a state of this shard in a known version.</exception>
    public static long Read(ReadOnlySpan<byte> data, SourceId id, IReadOnlyList<KeyValuePair<string, IStateSection>> sections)
    {
        var reader = new StateReader(data);
        var (key, lastOffset, count) = ReadFrame(ref reader);
        if (key != id.ToString())
            throw new StateFormatException($"the state belongs to '{key}', not to '{id}'");
        StateSections.Read(ref reader, count, key, sections);
        return lastOffset;
    }

    /// <summary>Prints a state for people, as one JSON object.</summary>
    /// <param name="sections">Fresh sections to read into; unknown ones are named with their size.</param>
    /// <exception cref="StateFormatException">Not a state in a known version.</exception>
    public static void Describe(ReadOnlySpan<byte> data, IReadOnlyList<KeyValuePair<string, IStateSection>> sections, Utf8JsonWriter json)
    {
        var reader = new StateReader(data);
        var (key, lastOffset, count) = ReadFrame(ref reader);
        var id = SourceId.Parse(key);
        json.WriteStartObject();
        json.WriteString("topic", id.Topic);
        json.WriteNumber("partition", id.Partition);
        json.WriteString("source", id.Source);
        json.WriteNumber("last_offset", lastOffset);
        json.WriteNumber("bytes", data.Length);
        json.WriteStartObject("sections");
        for (var i = 0; i < count; i++)
        {
            var name = reader.String();
            var version = checked((int)reader.Varint());
            var payload = reader.Bytes();
            json.WriteStartObject(name);
            json.WriteNumber("version", version);
            json.WriteNumber("bytes", payload.Length);
            if (sections.FirstOrDefault(s => s.Key == name).Value is { } section)
            {
                StateSections.Read(payload, name, version, section);
                json.WritePropertyName("state");
                section.Describe(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static StateWriter Empty(ref StateWriter? kept)
    {
        if (kept is null || kept.Written.Length > KeptBytes)
            kept = new StateWriter();
        kept.Clear();
        return kept;
    }

    private static (string Key, long LastOffset, int Sections) ReadFrame(ref StateReader reader)
    {
        foreach (var expected in Magic)
        {
            if (reader.Remaining == 0 || reader.Byte() != expected)
                throw new StateFormatException("not the state of a source: it does not begin with 'ASRC'");
        }

        var version = reader.Varint();
        if (version != Version)
            throw new StateFormatException($"source state of format version {version}; this program knows version {Version}");
        return (reader.String(), reader.Int64(), reader.Length(3));
    }
}
