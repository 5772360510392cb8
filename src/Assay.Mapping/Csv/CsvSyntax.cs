using System.Buffers;

namespace Assay.Mapping.Csv;

/// <summary>Writes CSV fields and follows quotes over line breaks.</summary>
public static class CsvSyntax
{
    /// <summary>Appends one field, quoted only where a reader would otherwise see something else.</summary>
    /// <param name="alone">True for the only field of a record: empty, it is quoted, since a blank line is no record.</param>
    public static void WriteField(IBufferWriter<byte> output, ReadOnlySpan<byte> value, byte delimiter = (byte)',', bool alone = false)
    {
        if (!NeedsQuotes(value, delimiter) && !(alone && value.IsEmpty))
        {
            output.Write(value);
            return;
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
    }

    /// <summary>Appends a record without a line end; <see cref="CsvLine.TrySplit"/> gives the same fields back, also trimmed.</summary>
    public static void WriteRecord(IBufferWriter<byte> output, IReadOnlyList<ReadOnlyMemory<byte>> fields, byte delimiter = (byte)',')
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (i > 0)
                output.Write([delimiter]);
            WriteField(output, fields[i].Span, delimiter, fields.Count == 1);
        }
    }

    /// <summary>
    /// Follows quotes through a piece of a record that is not cut inside a line break or between two quotes: true where a quoted field is open at its end,
    /// so that a line break there belongs to the record.
    /// </summary>
    /// <param name="open">What the call for the piece before answered; false at the start of a record.</param>
    public static bool EndsInsideQuotes(ReadOnlySpan<byte> piece, bool open, byte delimiter = (byte)',')
    {
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

                open = atFieldStart = false;
            }

            if (!atFieldStart)
            {
                var next = piece.IndexOf(delimiter);
                if (next < 0)
                    return false;
                piece = piece[(next + 1)..];
            }

            while (piece is [var b, ..] && IsBlank(b, delimiter))
                piece = piece[1..];
            open = piece is [(byte)'"', ..];
            if (open)
                piece = piece[1..];
            atFieldStart = false;
        }
    }

    internal static bool IsBlank(byte b, byte delimiter) => b is (byte)' ' or (byte)'\t' && b != delimiter;

    private static bool NeedsQuotes(ReadOnlySpan<byte> value, byte delimiter) =>
        !value.IsEmpty
        && (value[0] is (byte)' ' or (byte)'\t' || value[^1] is (byte)' ' or (byte)'\t'
            || value.IndexOfAny((byte)'"', (byte)'\r', (byte)'\n') >= 0 || value.Contains(delimiter));
}
