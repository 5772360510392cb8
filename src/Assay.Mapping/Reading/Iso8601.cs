namespace Assay.Mapping.Reading;

/// <summary>
/// ISO 8601 dates and times, extended form: <c>yyyy-MM-dd</c>, then after <c>T</c> or a blank <c>HH:mm[:ss[.fraction]]</c>, then <c>Z</c>,
/// <c>±HH:mm</c>, <c>±HHmm</c>, <c>±HH</c> or nothing (UTC). A leap second is read as the second before it; digits past 100 ns are dropped.
/// </summary>
internal static class Iso8601
{
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        var cursor = new Cursor(text);
        if (!cursor.Digits(4, out var year) || !cursor.Take('-') || !cursor.Digits(2, out var month)
            || !cursor.Take('-') || !cursor.Digits(2, out var day))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        var ticks = new DateTime(year, month, day).Ticks;
        var offset = 0;
        if (!cursor.AtEnd && !(TimeOfDay(ref cursor, ref ticks) && Offset(ref cursor, out offset)))
            return false;
        if (!cursor.AtEnd)
            return false;
        var utc = ticks - (offset * TimeSpan.TicksPerMinute);
        if (utc < DateTimeOffset.MinValue.Ticks || utc > DateTimeOffset.MaxValue.Ticks)
            return false;
        time = new DateTimeOffset(ticks, TimeSpan.FromMinutes(offset));
        return true;
    }

    private static bool TimeOfDay(ref Cursor cursor, ref long ticks)
    {
        if (!(cursor.Take('T') || cursor.Take('t') || cursor.Take(' '))
            || !cursor.Digits(2, out var hour) || !cursor.Take(':') || !cursor.Digits(2, out var minute))
            return false;
        var second = 0;
        long fraction = 0;
        if (cursor.Take(':') && !(cursor.Digits(2, out second) && cursor.Fraction(out fraction)))
            return false;
        if (hour > 23 || minute > 59 || second > 60)
            return false;
        ticks += (((((hour * 60L) + minute) * 60) + Math.Min(second, 59)) * TimeSpan.TicksPerSecond) + fraction;
        return true;
    }

    /// <param name="minutes">East of Greenwich.</param>
    private static bool Offset(ref Cursor cursor, out int minutes)
    {
        minutes = 0;
        if (cursor.AtEnd || cursor.Take('Z') || cursor.Take('z'))
            return true;
        var east = cursor.Take('+');
        if (!east && !cursor.Take('-'))
            return false;
        if (!cursor.Digits(2, out var hours))
            return false;
        var rest = 0;
        if (!cursor.AtEnd)
        {
            cursor.Take(':');
            if (!cursor.Digits(2, out rest))
                return false;
        }

        minutes = ((hours * 60) + rest) * (east ? 1 : -1);
        return rest < 60 && Math.Abs(minutes) <= 14 * 60;
    }

    private ref struct Cursor(ReadOnlySpan<byte> text)
    {
        private ReadOnlySpan<byte> _rest = text;

        public readonly bool AtEnd => _rest.IsEmpty;

        public bool Take(char c)
        {
            if (_rest.IsEmpty || _rest[0] != c)
                return false;
            _rest = _rest[1..];
            return true;
        }

        public bool Digits(int count, out int value)
        {
            value = 0;
            if (_rest.Length < count)
                return false;
            foreach (var b in _rest[..count])
            {
                if (!char.IsAsciiDigit((char)b))
                    return false;
                value = (value * 10) + b - '0';
            }

            _rest = _rest[count..];
            return true;
        }

        /// <summary>A fraction of a second in ticks; 0 where there is none.</summary>
        public bool Fraction(out long ticks)
        {
            ticks = 0;
            if (!Take('.') && !Take(','))
                return true;
            var unit = TimeSpan.TicksPerSecond / 10;
            var any = false;
            while (!_rest.IsEmpty && char.IsAsciiDigit((char)_rest[0]))
            {
                ticks += (_rest[0] - '0') * unit;
                unit /= 10;
                any = true;
                _rest = _rest[1..];
            }

            return any;
        }
    }
}
