using System.Globalization;
using System.Text;
using System.Text.Json;
using Assay.Mapping.Profiles;

namespace Assay.Mapping.Reading;

/// <summary>Follows one pointer into a message and reads no further.</summary>
internal static class JsonScan
{
    /// <exception cref="ArgumentException">No JSON pointer.</exception>
    public static byte[][] Steps(string pointer) => Array.ConvertAll(JsonPointer.Tokens(pointer), Encoding.UTF8.GetBytes);

    /// <summary>Leaves the reader at a string or number; false where the pointer leads to nothing or to another kind of value.</summary>
    /// <exception cref="JsonException">What was read up to there is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A key on the way is not valid UTF-8.</exception>
    public static bool TryFind(ref Utf8JsonReader reader, byte[][] steps)
    {
        reader.Read();
        foreach (var step in steps)
        {
            var found = reader.TokenType switch
            {
                JsonTokenType.StartObject => TryMember(ref reader, step),
                JsonTokenType.StartArray => TryItem(ref reader, step),
                _ => false,
            };
            if (!found)
                return false;
        }

        return reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
    }

    private static bool TryMember(ref Utf8JsonReader reader, byte[] name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
                return true;
            reader.Skip();
        }

        return false;
    }

    private static bool TryItem(ref Utf8JsonReader reader, byte[] step)
    {
        var canonical = step is [(byte)'0'] or [not (byte)'0', ..];
        if (!canonical || !int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (index-- == 0)
                return true;
            reader.Skip();
        }

        return false;
    }
}
