using System.Globalization;
using System.Text;

namespace Assay.Detection.ContentRules;

/// <summary>Variation selectors: one after a symbol, a digit of a keycap, an ideograph or a Mongolian or Myanmar letter is writing; a run of them is a message.</summary>
internal static class VariationSelectors
{
    private const int Payload = 3;

    /// <param name="position">Of the selector.</param>
    public static ContentRule? Judge(ReadOnlySpan<char> text, int position, int codePoint)
    {
        if (Run(text, position) >= Payload)
            return ContentRule.VariationPayload;
        return Takes(Scripts.Before(text, position), codePoint) ? null : ContentRule.VariationSelectors;
    }

    private static bool Takes(int before, int selector)
    {
        if (before is (>= 0x2E80 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF))
            return true;
        if (selector > 0xFFFF || before == 0)
            return false;
        if (before is 0x2139 or '#' or '*' or (>= '0' and <= '9') or (>= 0x1000 and <= 0x109F) or (>= 0x1800 and <= 0x18AF) or (>= 0xA840 and <= 0xA87F))
            return true;
        return before > 0x7F && Rune.GetUnicodeCategory(new Rune(before))
            is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherPunctuation
            or UnicodeCategory.DashPunctuation or UnicodeCategory.OtherNotAssigned;
    }

    // Length of the run of selectors around the position, as far as it matters.
    private static int Run(ReadOnlySpan<char> text, int position)
    {
        var start = position;
        for (var i = 0; i < Payload && TryBefore(text, start, out var previous); i++)
            start = previous;
        var run = 0;
        while (run < Payload + Payload && Length(text, start) is var length and > 0)
        {
            run++;
            start += length;
        }

        return run;
    }

    private static bool TryBefore(ReadOnlySpan<char> text, int position, out int previous)
    {
        previous = position - 1;
        if (position >= 1 && Length(text, previous) == 1)
            return true;
        previous = position - 2;
        return position >= 2 && Length(text, previous) == 2;
    }

    private static int Length(ReadOnlySpan<char> text, int position)
    {
        if (position >= text.Length)
            return 0;
        if (text[position] is >= '\uFE00' and <= '\uFE0F')
            return 1;
        return text[position] == '\uDB40' && position + 1 < text.Length && text[position + 1] is >= '\uDD00' and <= '\uDDEF' ? 2 : 0;
    }
}
