using System.Text;

namespace Assay.Detection.ContentRules;

/// <summary>Scripts in which invisible characters change how a word is written or where a line may break.</summary>
internal static class Scripts
{
    /// <summary>True where ZWNJ or ZWJ stands beside a letter of a cursive or Brahmic script, as its orthography wants.</summary>
    public static bool Joins(ReadOnlySpan<char> text, int position) => IsJoining(Before(text, position)) || IsJoining(After(text, position));

    /// <summary>True where ZWSP stands between letters of a script that writes no spaces.</summary>
    public static bool BreaksWithoutSpaces(ReadOnlySpan<char> text, int position) =>
        IsSpaceless(Before(text, position)) || IsSpaceless(After(text, position));

    public static bool IsMongolian(ReadOnlySpan<char> text, int position) => Before(text, position) is >= 0x1800 and <= 0x18AF;

    /// <summary>The code point before the position; 0 at the start or after a lone surrogate.</summary>
    public static int Before(ReadOnlySpan<char> text, int position) =>
        Rune.DecodeLastFromUtf16(text[..position], out var rune, out _) == System.Buffers.OperationStatus.Done ? rune.Value : 0;

    private static int After(ReadOnlySpan<char> text, int position) =>
        Rune.DecodeFromUtf16(text[(position + 1)..], out var rune, out _) == System.Buffers.OperationStatus.Done ? rune.Value : 0;

    // Arabic, Syriac, N'Ko, Mandaic and their extensions; the Indic blocks; Tibetan, Myanmar, Khmer, Mongolian; Adlam and the supplementary Indic blocks.
    private static bool IsJoining(int codePoint) => codePoint
        is (>= 0x0600 and <= 0x08FF) or (>= 0x0900 and <= 0x0DFF) or (>= 0x0F00 and <= 0x109F) or (>= 0x1780 and <= 0x18AF)
        or (>= 0x1900 and <= 0x1CFF) or (>= 0xA800 and <= 0xABFF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC)
        or (>= 0x10A00 and <= 0x11FFF) or (>= 0x1E900 and <= 0x1E95F);

    // Thai, Lao, Tibetan, Myanmar, Khmer, Tai scripts, Balinese, Javanese; Chinese and Japanese use it as a break hint.
    private static bool IsSpaceless(int codePoint) => codePoint
        is (>= 0x0E00 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x1950 and <= 0x1AAF) or (>= 0x1B00 and <= 0x1B7F)
        or (>= 0xA980 and <= 0xA9DF) or (>= 0xAA00 and <= 0xAADF) or (>= 0x2E80 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3);
}
