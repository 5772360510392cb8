namespace Assay.Detection.ContentRules;

/// <summary>
/// Embeddings, overrides and isolates (UAX #9): legitimate around right-to-left text when each line closes what it opens. Left-to-right and
/// first-strong isolates also come around names in left-to-right text, set by programs: balanced, they hide nothing.
/// </summary>
internal static class BidiControls
{
    public static bool Is(int codePoint) => codePoint is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>Judges the whole text, which holds at least one control.</summary>
    public static bool Scan(ReadOnlySpan<char> text, Span<HiddenSign> signs)
    {
        var rightToLeft = text.IndexOfAnyInRange('\u0590', '\u08FF') >= 0 || text.IndexOfAnyInRange('\uFB1D', '\uFDFF') >= 0
            || text.IndexOfAnyInRange('\uFE70', '\uFEFC') >= 0;
        var found = false;
        var (embeddings, isolates) = (0, 0);
        var (lastOpen, lastChar) = (0, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var closes = false;
            switch (c)
            {
                case '\u202A' or '\u202B' or '\u202D' or '\u202E':
                    embeddings++;
                    break;
                case >= '\u2066' and <= '\u2068':
                    isolates++;
                    break;
                case '\u202C':
                    closes = embeddings-- > 0;
                    embeddings = Math.Max(0, embeddings);
                    break;
                case '\u2069':
                    closes = isolates-- > 0;
                    isolates = Math.Max(0, isolates);
                    break;
                case '\n' or '\u2029' when embeddings + isolates > 0:
                    signs[(int)ContentRule.Bidi] = signs[(int)ContentRule.Bidi].And(lastOpen, lastChar);
                    (embeddings, isolates, found) = (0, 0, true);
                    continue;
                default:
                    continue;
            }

            (lastOpen, lastChar) = closes ? (lastOpen, lastChar) : (i, c);
            if (rightToLeft)
                continue;
            if (c is not ('\u202B' or '\u202D' or '\u202E' or '\u2067'))
                continue;
            var rule = c is '\u202D' or '\u202E' ? ContentRule.BidiOverride : ContentRule.Bidi;
            signs[(int)rule] = signs[(int)rule].And(i, c);
            found = true;
        }

        if (embeddings + isolates == 0)
            return found;
        signs[(int)ContentRule.Bidi] = signs[(int)ContentRule.Bidi].And(lastOpen, lastChar);
        return true;
    }
}
