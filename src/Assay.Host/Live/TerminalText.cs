using System.Globalization;
using System.Text;

namespace Assay.Host.Live;

/// <summary>
/// Makes text of records safe to print: an identity or a reason may hold what an attacker wrote. Control, format and other invisible
/// characters become <c>·</c>, so that nobody writes escape sequences, new lines or hidden text into a terminal or a log.
/// </summary>
internal static class TerminalText
{
    private const char Substitute = '·';

    /// <param name="maxLength">Characters of the result; what is cut ends in an ellipsis.</param>
    public static string Clean(string text, int maxLength = 240)
    {
        if (text.Length <= maxLength && IsPlain(text))
            return text;
        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > maxLength)
            {
                clean.Length = Math.Min(clean.Length, maxLength - 1);
                return clean.Append('…').ToString();
            }

            if (IsVisible(rune))
                clean.Append(rune.ToString());
            else
                clean.Append(Substitute);
        }

        return clean.ToString();
    }

    /// <summary>
    /// A value of a <c>key=value</c> line: bare where it is one plain word, else in double quotes with <c>\</c> before quotes and
    /// backslashes.
    /// </summary>
    public static string Field(string text)
    {
        var clean = Clean(text);
        if (clean.Length > 0 && !clean.AsSpan().ContainsAny(" \"\\="))
            return clean;
        return $"\"{clean.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Breaks at spaces into lines of at most so many characters; a longer word is cut.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            var space = text.LastIndexOf(' ', width);
            var end = space > 0 ? space : width;
            yield return text[..end];
            text = text[end..].TrimStart();
        }

        yield return text;
    }

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool IsVisible(Rune rune) =>
        rune != Rune.ReplacementChar && rune.Value is not (>= 0xFE00 and <= 0xFE0F) && Rune.GetUnicodeCategory(rune) is not
            (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark);
}
