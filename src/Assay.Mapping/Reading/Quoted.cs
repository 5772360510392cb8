using System.Globalization;
using System.Text;

namespace Assay.Mapping.Reading;

/// <summary>Quotes what a message holds in a sentence: short, and without anything that acts on a terminal or hides.</summary>
internal static class Quoted
{
    private const int MaxChars = 80;

    /// <param name="utf8">May be invalid UTF-8; faulty bytes become U+FFFD.</param>
    public static string Text(ReadOnlySpan<byte> utf8) => Text(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MaxChars * 4)]));

    /// <summary>The start of a value, unquoted; "" for null.</summary>
    public static string Plain(byte[]? utf8) =>
        utf8 is null ? "" : Encoding.UTF8.GetString(utf8.AsSpan(0, Math.Min(utf8.Length, MaxChars * 4)));

    public static string Text(string value)
    {
        var output = new StringBuilder(Math.Min(value.Length, MaxChars) + 2).Append('"');
        foreach (var rune in value.EnumerateRunes())
        {
            if (output.Length > MaxChars)
                return output.Append("…\"").ToString();
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                output.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else
                output.Append(rune);
        }

        return output.Append('"').ToString();
    }

    /// <summary>E.g. <c>the string "abc"</c>, <c>an object</c>.</summary>
    public static string Described(ValueKind kind, ReadOnlySpan<byte> value) => kind switch
    {
        ValueKind.String => $"the string {Text(value)}",
        ValueKind.Number => $"the number {Text(value)[1..^1]}",
        ValueKind.Boolean => Encoding.UTF8.GetString(value),
        ValueKind.Null => "null",
        ValueKind.Object => "an object",
        ValueKind.Array => "an array",
        _ => value.IsEmpty ? "an empty value" : Text(value),
    };
}
