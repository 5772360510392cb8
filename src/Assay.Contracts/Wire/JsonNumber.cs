using System.Globalization;
using System.Text.Json;

namespace Assay.Contracts.Wire;

/// <summary>
/// Numbers as Assay publishes them: at most six significant digits, the same bytes for the same number on every machine, no allocation.
/// </summary>
public static class JsonNumber
{
    /// <summary>Bytes that <see cref="Format"/> writes at most, e.g. <c>-1.23457E-300</c>.</summary>
    public const int MaxBytes = 16;

    private const int Digits = 6;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    /// <summary>Writes the number as a JSON value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite: JSON has no word for it.</exception>
    public static void WriteRounded(this Utf8JsonWriter json, double value)
    {
        Span<byte> digits = stackalloc byte[MaxBytes];
        json.WriteRawValue(digits[..Format(value, digits)], skipInputValidation: true);
    }

    /// <param name="destination">At least <see cref="MaxBytes"/> long.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite: JSON has no word for it.</exception>
    public static int Format(double value, Span<byte> destination)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "a published number must be finite");
        if (value == 0)
        {
            destination[0] = (byte)'0';
            return 1;
        }

        var size = Math.Abs(value);
        if (size is >= 1e-3 and < 999_999)
            return FormatFixed(value < 0, size, destination);
        value.TryFormat(destination, out var written, "G6", CultureInfo.InvariantCulture);
        return written;
    }

    // Scales to an integer of six digits (seven when rounding carries over), which prints without a division of doubles.
    private static int FormatFixed(bool negative, double size, Span<byte> destination)
    {
        var whole = 0;
        while (size >= Powers[whole])
            whole++;
        var decimals = Digits - whole;
        if (whole == 0)
        {
            decimals = size >= 1e-1 ? Digits : size >= 1e-2 ? Digits + 1 : Digits + 2;
        }

        var scaled = (long)Math.Round(size * Powers[decimals], MidpointRounding.AwayFromZero);
        while (decimals > 0 && scaled % 10 == 0)
        {
            scaled /= 10;
            decimals--;
        }

        var n = 0;
        if (negative)
            destination[n++] = (byte)'-';
        var divisor = (long)Powers[decimals];
        (scaled / divisor).TryFormat(destination[n..], out var written, default, CultureInfo.InvariantCulture);
        n += written;
        if (decimals == 0)
            return n;
        destination[n++] = (byte)'.';
        var rest = scaled % divisor;
        for (var i = decimals - 1; i >= 0; i--, rest /= 10)
            destination[n + i] = (byte)('0' + (rest % 10));
        return n + decimals;
    }
}
