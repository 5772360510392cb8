using System.Buffers;
using System.Text;

namespace Assay.Detection.ContentRules;

/// <summary>
/// Finds characters that a reader does not see but a tokenizer does. ASCII text costs one vectorised scan; other text a second one for the
/// few characters in question, each then judged by its neighbours (Unicode 16: UTS #51 for emoji, UTR #36 and UAX #9 for bidirectional text).
/// </summary>
internal static class HiddenUnicode
{
    private static readonly SearchValues<char> _plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x5f).Select(c => (char)c), '\t', '\n', '\f', '\r']);

    private static readonly SearchValues<char> _suspects = SearchValues.Create([.. Suspects()]);

    /// <summary>True for printable ASCII with tabs and line ends: nothing to judge.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(_plain);

    /// <summary>Adds what it finds to the signs, one a <see cref="ContentRule"/>.</summary>
    /// <param name="text">UTF-16; a lone surrogate is passed over.</param>
    /// <param name="signs">As many as there are rules.</param>
    /// <returns>True where anything was found.</returns>
    public static bool Scan(ReadOnlySpan<char> text, Span<HiddenSign> signs)
    {
        var start = text.IndexOfAnyExcept(_plain);
        if (start < 0)
            return false;
        var found = false;
        var bidi = false;
        for (var i = Next(text, start); i < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text[i..], out var rune, out var length) == OperationStatus.Done)
            {
                var codePoint = rune.Value;
                bidi |= BidiControls.Is(codePoint);
                if (Judge(text, i, length, codePoint) is { } rule)
                {
                    signs[(int)rule] = signs[(int)rule].And(i, codePoint);
                    found = true;
                }
            }

            i = Next(text, i + length);
        }

        return (bidi && BidiControls.Scan(text, signs)) | found;
    }

    private static ContentRule? Judge(ReadOnlySpan<char> text, int i, int length, int codePoint) => codePoint switch
    {
        >= 0xE0000 and <= 0xE007F => Emoji.InTagSequence(text, i) ? null : ContentRule.Tags,
        >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF => VariationSelectors.Judge(text, i, codePoint),
        0x200B => Scripts.BreaksWithoutSpaces(text, i) ? null : ContentRule.ZeroWidth,
        0x200C or 0x200D => Scripts.Joins(text, i) || (codePoint == 0x200D && Emoji.IsJoined(text, i)) ? null : ContentRule.ZeroWidth,
        0xFEFF => i == 0 ? null : ContentRule.ZeroWidth,
        0x2060 or (>= 0x2061 and <= 0x2064) or (>= 0x206A and <= 0x206F) => ContentRule.ZeroWidth,
        0x180E => Scripts.IsMongolian(text, i) ? null : ContentRule.ZeroWidth,
        >= 0xFFF9 and <= 0xFFFB => ContentRule.Control,
        < 0x20 or 0x7F => ContentRule.Control,
        _ => null,
    };

    private static int Next(ReadOnlySpan<char> text, int from)
    {
        var next = from < text.Length ? text[from..].IndexOfAny(_suspects) : -1;
        return next < 0 ? text.Length : from + next;
    }

    // U+DB40 leads every tag character and every supplementary variation selector.
    private static IEnumerable<char> Suspects() =>
        Enumerable.Range(0, 0x20).Where(c => c is not ('\t' or '\n' or '\f' or '\r'))
            .Concat(Enumerable.Range(0x200B, 3))
            .Concat(Enumerable.Range(0x202A, 5))
            .Concat(Enumerable.Range(0x2060, 16))
            .Concat(Enumerable.Range(0xFE00, 16))
            .Concat(Enumerable.Range(0xFFF9, 3))
            .Concat([0x7F, 0x180E, 0xFEFF, 0xDB40])
            .Select(c => (char)c);
}
