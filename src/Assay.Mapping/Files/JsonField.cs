using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Mapping.Files;

/// <summary>Finds where a value lies within JSON text.</summary>
internal static class JsonField
{
    /// <summary>Writes letters of any script as they are.</summary>
    public static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null where the JSON is malformed up to the field, or has no such field. Of repeated names the first counts.</returns>
    public static Range? Find(ReadOnlySpan<byte> json, string field)
    {
        var steps = field.StartsWith('/') ? Steps(field) : [field];
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read())
                return null;
            foreach (var step in steps)
            {
                if (!Enter(ref reader, step))
                    return null;
            }

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            return start..(int)reader.BytesConsumed;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A string's content, or the JSON text of another value; null for <c>null</c>.</summary>
    public static string? Text(ReadOnlySpan<byte> value)
    {
        if (value.SequenceEqual("null"u8))
            return null;
        if (value is not [(byte)'"', ..])
            return Encoding.UTF8.GetString(value);
        var reader = new Utf8JsonReader(value);
        reader.Read();
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string[] Steps(string pointer) =>
        [.. pointer[1..].Split('/').Select(step =>
            step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private static bool Enter(ref Utf8JsonReader reader, string step)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
            return EnterItem(ref reader, step);
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var here = reader.ValueTextEquals(step);
            reader.Read();
            if (here)
                return true;
            reader.Skip();
        }

        return false;
    }

    private static bool EnterItem(ref Utf8JsonReader reader, string step)
    {
        if (!int.TryParse(step, out var left) || left < 0)
            return false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (left-- == 0)
                return true;
            reader.Skip();
        }

        return false;
    }
}
