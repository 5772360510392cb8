using System.Globalization;
using System.Text;

namespace Assay.Detection.ContentRules;

/// <summary>Text as a person may safely read it: everything but printable ASCII as <c>\u{HEX}</c>, cut around what matters.</summary>
internal static class Escaped
{
    private const int Before = 12;
    private const int After = 24;

    /// <param name="position">UTF-16 index of what matters.</param>
    public static string Around(string text, int position)
    {
        var start = Math.Max(0, position - Before);
        var end = Math.Min(text.Length, position + After);
        var result = new StringBuilder(start > 0 ? "…" : "");
        for (var i = start; i < end;)
        {
            var ok = Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length) == System.Buffers.OperationStatus.Done;
            var codePoint = ok ? rune.Value : text[i];
            if (codePoint is >= 0x20 and < 0x7F and not '\\')
                result.Append((char)codePoint);
            else
                result.Append(CultureInfo.InvariantCulture, $"\\u{{{codePoint:X4}}}");
            i += length;
        }

        return result.Append(end < text.Length ? "…" : "").ToString();
    }
}
