using System.Globalization;
using System.Text;

namespace Assay.Detection.ContentRules;

/// <summary>Where emoji need invisible characters (UTS #51).</summary>
internal static class Emoji
{
    private const int BlackFlag = 0x1F3F4;

    /// <summary>True where the tag character belongs to the flag of England, Scotland or Wales, the only tag sequences in general use.</summary>
    public static bool InTagSequence(ReadOnlySpan<char> text, int position)
    {
        var start = position;
        while (start >= 2 && text[start - 2] == '\uDB40' && text[start - 1] is >= '\uDC00' and <= '\uDC7F')
            start -= 2;
        if (Scripts.Before(text, start) != BlackFlag)
            return false;
        Span<char> tags = stackalloc char[6];
        for (var i = 0; i < tags.Length; i++)
        {
            var at = start + 2 * i;
            if (at + 1 >= text.Length || text[at] != '\uDB40')
                return false;
            tags[i] = (char)(text[at + 1] - 0xDC00);
        }

        return position < start + 12 && tags[5] == 0x7F && tags[..5] is "gbeng" or "gbsct" or "gbwls";
    }

    /// <summary>True where ZWJ leads to a pictograph. What it joins to may be gone: cleaned data often keep only the second half of an emoji.</summary>
    public static bool IsJoined(ReadOnlySpan<char> text, int position) =>
        Rune.DecodeFromUtf16(text[(position + 1)..], out var next, out _) == System.Buffers.OperationStatus.Done && IsPictograph(next.Value);

    private static bool IsPictograph(int codePoint) =>
        codePoint is >= 0x1F000 and <= 0x1FAFF
        || (codePoint is >= 0x2190 and <= 0x2BFF && Rune.GetUnicodeCategory(new Rune(codePoint)) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol);
}
