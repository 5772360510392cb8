using System.Buffers;

namespace Assay.Mapping.Csv;

/// <summary>Writes CSV fields and follows quotes over line breaks.</summary>
public static class CsvSyntax
{
    /// <summary>Appends one field, quoted only where a reader would otherwise see something else.</summary>
    /// <param name="alone">True for the only field of a record: empty, it is quoted, since a blank line is no record.</param>
    /// <returns>False, and nothing written, where the dialect has no quotes and the value would need them.</returns>
    public static bool TryWriteField(IBufferWriter<byte> output, ReadOnlySpan<byte> value, CsvDialect dialect, bool alone = false)
    {
        var quoted = NeedsQuotes(value, dialect, alone);
        if (quoted && !dialect.Quotes)
            return false;
        if (!quoted)
        {
            output.Write(value);
            return true;
        }

        output.Write("\""u8);
        while (true)
        {
            var quote = value.IndexOf((byte)'"');
            if (quote < 0)
                break;
            output.Write(value[..(quote + 1)]);
            output.Write("\""u8);
            value = value[(quote + 1)..];
        }

        output.Write(value);
        output.Write("\""u8);
        return true;
    }

    /// <summary>Appends a record without a line end; <see cref="CsvLine.TrySplit"/> gives the same fields back, also trimmed.</summary>
    /// <exception cref="ArgumentException">A value cannot be written in a dialect without quotes.</exception>
    public static void WriteRecord(IBufferWriter<byte> output, IReadOnlyList<ReadOnlyMemory<byte>> fields, CsvDialect dialect)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (i > 0)
                output.Write([dialect.Delimiter]);
            if (!TryWriteField(output, fields[i].Span, dialect, fields.Count == 1))
                throw new ArgumentException(
                    $"Field {i + 1} holds a delimiter, a line break or outer blanks, which a dialect without quotes cannot carry.");
        }
    }

    /// <summary>
    /// Follows quotes through a piece of a record that is not cut inside a line break or between two quotes: true where a quoted field
    /// is open at its end,
    /// so that a line break there belongs to the record.
    /// </summary>
    /// <param name="open">What the call for the piece before answered; false at the start of a record.</param>
    public static bool EndsInsideQuotes(ReadOnlySpan<byte> piece, bool open, CsvDialect dialect)
    {
        if (!dialect.Quotes)
            return false;
        var atFieldStart = !open;
        while (true)
        {
            if (open)
            {
                var close = piece.IndexOf((byte)'"');
                if (close < 0)
                    return true;
                piece = piece[(close + 1)..];
                if (piece is [(byte)'"', ..])
                {
                    piece = piece[1..];
                    continue;
                }
            }

            if (!atFieldStart)
            {
                var next = piece.IndexOf(dialect.Delimiter);
                if (next < 0)
                    return false;
                piece = piece[(next + 1)..];
            }

            while (piece is [var b, ..] && dialect.IsBlank(b))
                piece = piece[1..];
            open = piece is [(byte)'"', ..];
            if (open)
                piece = piece[1..];
            atFieldStart = false;
        }
    }

    private static bool NeedsQuotes(ReadOnlySpan<byte> value, CsvDialect dialect, bool alone)
    {
        if (value.IsEmpty)
            return alone;
        if (value.Contains(dialect.Delimiter) || value.IndexOfAny((byte)'\r', (byte)'\n') >= 0)
            return true;
        if (dialect.IsBlank(value[0]) || dialect.IsBlank(value[^1]))
            return true;
        return dialect.Quotes && value.Contains((byte)'"');
    }
}
