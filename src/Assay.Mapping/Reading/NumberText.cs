using System.Globalization;

namespace Assay.Mapping.Reading;

internal enum NumberOutcome
{
    Finite,
    NotFinite,
    NoNumber,
}

/// <summary>Numbers as data files write them: decimal digits with sign, point and exponent.</summary>
internal static class NumberText
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static NumberOutcome Parse(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty)
            return NumberOutcome.NoNumber;
        var digits = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        if (digits.IsEmpty)
            return NumberOutcome.NoNumber;
        if (!char.IsAsciiDigit((char)digits[0]) && digits[0] != '.')
            return IsNotFiniteWord(digits) ? NumberOutcome.NotFinite : NumberOutcome.NoNumber;
        if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out value))
            return NumberOutcome.NoNumber;
        return double.IsFinite(value) ? NumberOutcome.Finite : NumberOutcome.NotFinite;
    }

    private static bool IsNotFiniteWord(ReadOnlySpan<byte> text) => text.Length switch
    {
        3 => System.Text.Ascii.EqualsIgnoreCase(text, "nan"u8) || System.Text.Ascii.EqualsIgnoreCase(text, "inf"u8),
        8 => System.Text.Ascii.EqualsIgnoreCase(text, "infinity"u8),
        _ => false,
    };
}
