using System.Text;
using System.Text.Json;

namespace Assay.Host.Replay.Attacks;

/// <summary>Takes an attack apart into its kind and its keys, in either way of writing.</summary>
internal static class AttackSyntax
{
    /// <summary><c>kind:key=value,…</c>; a value in double quotes may hold commas, and a quote written twice.</summary>
    public static (string Kind, List<(string Key, string Value)> Pairs) Text(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var kind = (colon < 0 ? text : text[..colon]).Trim();
        var pairs = new List<(string, string)>();
        var position = colon < 0 ? text.Length : colon + 1;
        while (position < text.Length)
        {
            var equals = text.IndexOf('=', position);
            var comma = text.IndexOf(',', position);
            if (equals < 0 || (comma >= 0 && comma < equals))
                throw Wrong(text, $"'{text[position..(comma < 0 ? text.Length : comma)]}' is not of the form key=value");
            pairs.Add((text[position..equals].Trim(), Value(text, equals + 1, out position)));
        }

        return (kind, pairs);
    }

    /// <summary>
    /// <c>{"kind":"flip","from":…}</c>, or <c>{"flip":{"from":…}}</c>, which leaves the name <c>kind</c> to the attack's own key.
    /// </summary>
    public static (string Kind, List<(string Key, string Value)> Pairs) Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var properties = document.RootElement.EnumerateObject().ToList();
            if (properties is [{ Value.ValueKind: JsonValueKind.Object } only])
                return (only.Name, [.. only.Value.EnumerateObject().Select(property => (property.Name, JsonValue(text, property)))]);
            var kind = properties.Where(property => property.NameEquals("kind")).ToList();
            if (kind is not [{ Value.ValueKind: JsonValueKind.String }])
                throw Wrong(text, "one property \"kind\" has to name the attack");
            return (kind[0].Value.GetString()!, [.. properties.Where(property =>
                !property.NameEquals("kind")).Select(property => (property.Name, JsonValue(text, property)))]);
        }
        catch (JsonException e)
        {
            throw new Mapping.Files.InputException($"--attack '{text}' starts like JSON, but is none: {e.Message}", e);
        }
    }

    /// <param name="next">Position of the next key.</param>
    private static string Value(string text, int start, out int next)
    {
        // where=COLUMN="a, b" quotes a part of the value: quotes count wherever they stand.
        var value = new StringBuilder();
        var quoted = false;
        for (next = start; next < text.Length; next++)
        {
            var c = text[next];
            if (c == ',' && !quoted)
                break;
            if (c != '"')
                value.Append(c);
            else if (quoted && next + 1 < text.Length && text[next + 1] == '"')
                value.Append(text[++next]);
            else
                quoted = !quoted;
        }

        if (quoted)
            throw Wrong(text, "a quote is never closed");
        if (next == text.Length - 1)
            throw Wrong(text, "it ends in a comma");
        next++;
        return value.ToString().Trim();
    }

    private static string JsonValue(string text, JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.String => property.Value.GetString()!,
        JsonValueKind.Number => property.Value.GetRawText(),
        JsonValueKind.Object when property.NameEquals("where") && property.Value.EnumerateObject().ToList() is [var only] =>
            $"{only.Name}={JsonValue(text, only)}",
        _ => throw Wrong(text, $"\"{property.Name}\" has to be a string or a number"),
    };

    private static Mapping.Files.InputException Wrong(string text, string what) => AttackSpecParser.Wrong(text, what, AttackKind.All[0]);
}
