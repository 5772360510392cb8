using System.Globalization;
using System.Text;
using Assay.Mapping.Profiles;

namespace Assay.Mapping.Reading;

/// <summary>Event times: ISO 8601, numbers since the Unix epoch, or a .NET format. Without an offset they are UTC.</summary>
internal static class TimeText
{
    private const int MaxFormattedChars = 128;

    public static bool TryParse(ReadOnlySpan<byte> text, Locator locator, out DateTimeOffset time)
    {
        if (locator.TimeFormat is { } format)
            return TryFormat(text, format, out time);
        if (locator.Unit != TimeUnit.Iso && NumberText.Parse(text, out var number) == NumberOutcome.Finite)
            return TryEpoch(text, number, locator.Unit, out time);
        time = default;
        return locator.Unit is TimeUnit.Auto or TimeUnit.Iso && Iso8601.TryParse(text, out time);
    }

    private static bool TryFormat(ReadOnlySpan<byte> text, string format, out DateTimeOffset time)
    {
        time = default;
        if (text.Length > MaxFormattedChars)
            return false;
        Span<char> chars = stackalloc char[MaxFormattedChars];
        var length = Encoding.UTF8.GetChars(text, chars);
        return DateTimeOffset.TryParseExact(chars[..length], format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    /// <summary>
    /// By magnitude: below 10¹¹ seconds (up to the year 5138), below 10¹⁴ milliseconds, below 10¹⁷ microseconds, above nanoseconds.
    /// Integers are exact.
    /// </summary>
    private static bool TryEpoch(ReadOnlySpan<byte> text, double number, TimeUnit unit, out DateTimeOffset time)
    {
        time = default;
        if (unit == TimeUnit.Auto)
        {
            unit = Math.Abs(number) switch
            {
                < 1e11 => TimeUnit.Seconds,
                < 1e14 => TimeUnit.Milliseconds,
                < 1e17 => TimeUnit.Microseconds,
                _ => TimeUnit.Nanoseconds,
            };
        }

        var ticks = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && Math.Abs(exact) < 1e21m
            ? Ticks(exact, unit)
            : decimal.MaxValue;
        var sinceYearOne = ticks == decimal.MaxValue ? ticks : decimal.Truncate(ticks) + DateTimeOffset.UnixEpoch.Ticks;
        if (sinceYearOne < DateTimeOffset.MinValue.Ticks || sinceYearOne > DateTimeOffset.MaxValue.Ticks)
            return false;
        time = new DateTimeOffset((long)sinceYearOne, TimeSpan.Zero);
        return true;
    }

    private static decimal Ticks(decimal number, TimeUnit unit) => unit switch
    {
        TimeUnit.Seconds => number * TimeSpan.TicksPerSecond,
        TimeUnit.Milliseconds => number * TimeSpan.TicksPerMillisecond,
        TimeUnit.Microseconds => number * TimeSpan.TicksPerMicrosecond,
        _ => number / TimeSpan.NanosecondsPerTick,
    };
}
