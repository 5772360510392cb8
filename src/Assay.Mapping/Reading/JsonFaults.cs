using System.Text.Json;
using Assay.Contracts.Records;

namespace Assay.Mapping.Reading;

/// <summary>The ways in which a message fails to be JSON that can be read. Every method answers false.</summary>
internal static class JsonFaults
{
    public static bool Twice(string path, RecordBuilder builder) => builder.Fail(
        ReadFailure.Stages.Decode,
        "duplicate-key",
        $"the key {Quoted.Text(path)} stands twice in one message; readers would disagree about its value");

    public static bool HalfSurrogate(long position, RecordBuilder builder) => builder.Fail(
        ReadFailure.Stages.Decode, "json", $"the string at byte {position} holds half a surrogate pair (\\ud800 to \\udfff)");

    public static bool PathTooLong(ReadOnlySpan<byte> member, RecordBuilder builder) => builder.Fail(
        ReadFailure.Stages.Map,
        "max-path",
        $"the path to a field is longer than {ReadLimits.MaxPathBytes} bytes, at {Quoted.Text(member)}");

    /// <summary>A scalar where a wildcard begins.</summary>
    public static bool NoContainer(PathNode node, ValueKind kind, ReadOnlySpan<byte> value, RecordBuilder builder)
    {
        var rule = $"{node.WildcardKey}/*";
        var place = node.Path.Length == 0 ? "at the root" : $"at {node.Path}";
        return builder.Fail(
            ReadFailure.Stages.Map, rule, $"{rule}: expected an object or an array {place}, found {Quoted.Described(kind, value)}");
    }

    public static bool NotJson(ReadOnlySpan<byte> utf8, in Utf8JsonReader reader, JsonException exception, RecordBuilder builder)
    {
        var rest = utf8[(int)reader.BytesConsumed..].TrimStart(" \t\r\n:,"u8);
        if (reader.CurrentDepth >= ReadLimits.MaxDepth - 1 && rest is [(byte)'{' or (byte)'[', ..])
        {
            return builder.Fail(
                ReadFailure.Stages.Decode,
                "json-depth",
                $"nested deeper than {ReadLimits.MaxDepth} levels at byte {utf8.Length - rest.Length}");
        }

        var text = exception.Message.Split(" LineNumber:")[0];
        return builder.Fail(ReadFailure.Stages.Decode, "json", $"not JSON at byte {Position(utf8, exception)}: {Quoted.Text(text)[1..^1]}");
    }

    private static long Position(ReadOnlySpan<byte> utf8, JsonException exception)
    {
        var start = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
            start += utf8[start..].IndexOf((byte)'\n') + 1;
        return start + (exception.BytePositionInLine ?? 0);
    }
}
