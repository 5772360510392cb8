using System.Text;
using System.Text.Json;

namespace Assay.Mapping.Profiles;

/// <summary>A JSON value with the line it starts on.</summary>
internal sealed record SyntaxNode(JsonValueKind Kind, int Line)
{
    /// <summary>A string's value or a number's digits.</summary>
    public string Text { get; init; } = "";

    public List<(string Name, int Line, SyntaxNode Value)> Members { get; } = [];

    public List<SyntaxNode> Items { get; } = [];

    public string Described => Kind switch
    {
        JsonValueKind.String => $"the string \"{Text}\"",
        JsonValueKind.Number => $"the number {Text}",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}

/// <summary>Strict JSON into <see cref="SyntaxNode"/>s.</summary>
internal static class ProfileSyntax
{
    /// <exception cref="ProfileException">Not JSON, not UTF-8, or a key written twice; with line and column.</exception>
    public static SyntaxNode Parse(ReadOnlySpan<byte> utf8, string file)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        var reader = new Utf8JsonReader(utf8);
        try
        {
            reader.Read();
            var root = Value(ref reader, utf8, file);
            reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0) + 1;
            var text = e.Message.Split(" LineNumber:")[0];
            throw new ProfileException([new ProfileError(file, line, "", $"not JSON at column {e.BytePositionInLine + 1}: {text}")]);
        }
        catch (InvalidOperationException)
        {
            throw new ProfileException([new ProfileError(file, Line(utf8, reader.TokenStartIndex), "", "a string is not valid UTF-8")]);
        }
    }

    private static SyntaxNode Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string file)
    {
        var line = Line(utf8, reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new SyntaxNode(JsonValueKind.Object, line);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                    members.Members.Add(Member(ref reader, utf8, file, members));
                return members;
            case JsonTokenType.StartArray:
                var items = new SyntaxNode(JsonValueKind.Array, line);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Items.Add(Value(ref reader, utf8, file));
                return items;
            case JsonTokenType.String:
                return new SyntaxNode(JsonValueKind.String, line) { Text = reader.GetString()! };
            case JsonTokenType.Number:
                return new SyntaxNode(JsonValueKind.Number, line) { Text = Encoding.UTF8.GetString(reader.ValueSpan) };
            case JsonTokenType.True:
                return new SyntaxNode(JsonValueKind.True, line);
            case JsonTokenType.False:
                return new SyntaxNode(JsonValueKind.False, line);
            default:
                return new SyntaxNode(JsonValueKind.Null, line);
        }
    }

    private static (string Name, int Line, SyntaxNode Value) Member(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string file, SyntaxNode parent)
    {
        var name = reader.GetString()!;
        var line = Line(utf8, reader.TokenStartIndex);
        var earlier = parent.Members.FindIndex(m => m.Name == name);
        if (earlier >= 0)
            throw new ProfileException(
                [new ProfileError(file, line, name, $"written twice; it stands on line {parent.Members[earlier].Line} already")]);
        reader.Read();
        return (name, line, Value(ref reader, utf8, file));
    }

    private static int Line(ReadOnlySpan<byte> utf8, long position) => utf8[..(int)position].Count((byte)'\n') + 1;
}
