using System.Buffers;

namespace Assay.Mapping.Csv;

/// <summary>
/// One CSV record (RFC 4180) as UTF-8 bytes, split into fields. An instance is reused for record after record and allocates only when a
/// record is
/// larger, or has more fields, than any before it. For one thread at a time. Spans stay valid until the next split.
/// </summary>
/// <remarks>
/// Beyond the RFC: a quote opens a field also after blanks (<c>a, "b"</c>), blanks may follow the closing quote, a quote within an
/// unquoted field is a
/// character like any other, and one line end after the record is ignored.
/// </remarks>
public sealed class CsvLine
{
    private const byte Quote = (byte)'"';

    private readonly SearchValues<byte> _ends;
    private Field[] _fields = new Field[32];
    private ReadOnlyMemory<byte> _record;
    private byte[] _unescaped = [];

    public CsvLine(CsvDialect? dialect = null)
    {
        Dialect = dialect ?? CsvDialect.Default;
        _ends = SearchValues.Create([Dialect.Delimiter, (byte)'\r', (byte)'\n']);
    }

    public CsvDialect Dialect { get; }

    /// <summary>Fields of the record; an empty record has one empty field. After a failed split: fields before the faulty one.</summary>
    public int Count { get; private set; }

    /// <summary>Why the last split failed; <see cref="CsvFault.None"/> when it did not.</summary>
    public CsvFault Fault { get; private set; }

    /// <summary>A sentence on <see cref="Fault"/> with the number of the field, 1-based; empty without one.</summary>
    public string FaultReason => Fault switch
    {
        CsvFault.UnclosedQuote => $"The quote that opens field {Count + 1} is never closed.",
        CsvFault.TextAfterQuote => $"Field {Count + 1} has text after its closing quote; a quote inside quotes is written twice.",
        CsvFault.LineBreak => $"Field {Count + 1} has a line break outside quotes.",
        _ => "",
    };

    /// <summary>The field's value: quotes removed and doubled quotes undone, blanks kept.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            ref var field = ref At(index);
            if (!field.HasDoubledQuotes)
                return _record.Span[field.ValueStart..field.ValueEnd];
            if (field.UnescapedLength < 0)
                Unescape(ref field);
            return _unescaped.AsSpan(field.ValueStart, field.UnescapedLength);
        }
    }

    /// <summary>
    /// As the indexer, without the spaces and tabs around an unquoted value; what readers of data with <c>", "</c> between fields
    /// want.
    /// </summary>
    public ReadOnlySpan<byte> Trimmed(int index) => IsQuoted(index) ? this[index] : Trim(this[index]);

    /// <summary>The field exactly as written, quotes and blanks included.</summary>
    public ReadOnlySpan<byte> Raw(int index)
    {
        ref var field = ref At(index);
        return _record.Span[field.Start..field.End];
    }

    /// <summary>Where <see cref="Raw"/> lies in the record.</summary>
    public Range Range(int index)
    {
        ref var field = ref At(index);
        return field.Start..field.End;
    }

    public bool IsQuoted(int index) => At(index).IsQuoted;

    /// <summary>Splits a record. The bytes must not change until the next split.</summary>
    /// <returns>False where the bytes are not one record; see <see cref="Fault"/>.</returns>
    public bool TrySplit(ReadOnlyMemory<byte> record)
    {
        var bytes = record.Span;
        var length = bytes.Length - LineEndLength(bytes);
        bytes = bytes[..length];
        _record = record[..length];
        Count = 0;
        Fault = CsvFault.None;
        var position = 0;
        while (true)
        {
            var field = new Field { Start = position, UnescapedLength = -1 };
            var open = OpeningQuote(bytes, position);
            var end = open < 0 ? Unquoted(bytes, position, ref field) : Quoted(bytes, open, ref field);
            if (Fault != CsvFault.None)
                return false;
            if (Count == _fields.Length)
                Array.Resize(ref _fields, Count * 2);
            _fields[Count++] = field;
            if (end == length)
                return true;
            position = end + 1;
        }
    }

    private int Unquoted(ReadOnlySpan<byte> bytes, int start, ref Field field)
    {
        var found = bytes[start..].IndexOfAny(_ends);
        var end = found < 0 ? bytes.Length : start + found;
        field.End = field.ValueEnd = end;
        field.ValueStart = start;
        if (found >= 0 && bytes[end] != Dialect.Delimiter)
            Fault = CsvFault.LineBreak;
        return end;
    }

    private int Quoted(ReadOnlySpan<byte> bytes, int open, ref Field field)
    {
        field.IsQuoted = true;
        field.ValueStart = open + 1;
        var close = open + 1;
        while (true)
        {
            var found = bytes[close..].IndexOf(Quote);
            if (found < 0)
            {
                Fault = CsvFault.UnclosedQuote;
                return bytes.Length;
            }

            close += found;
            if (close + 1 == bytes.Length || bytes[close + 1] != Quote)
                break;
            field.HasDoubledQuotes = true;
            close += 2;
        }

        field.ValueEnd = close;
        var end = close + 1;
        while (end < bytes.Length && Dialect.IsBlank(bytes[end]))
            end++;
        field.End = end;
        if (end < bytes.Length && bytes[end] != Dialect.Delimiter)
            Fault = CsvFault.TextAfterQuote;
        return end;
    }

    /// <summary>Index of the quote that opens the field at <paramref name="start"/>; −1 where the field is unquoted.</summary>
    private int OpeningQuote(ReadOnlySpan<byte> bytes, int start)
    {
        if (!Dialect.Quotes)
            return -1;
        while (start < bytes.Length && Dialect.IsBlank(bytes[start]))
            start++;
        return start < bytes.Length && bytes[start] == Quote ? start : -1;
    }

    /// <summary>
    /// An unescaped value is never longer than the escaped one, so each field has its room at its own place in the buffer.
    /// </summary>
    private void Unescape(ref Field field)
    {
        if (_unescaped.Length < _record.Length)
            Grow();
        var source = _record.Span[field.ValueStart..field.ValueEnd];
        var target = _unescaped.AsSpan(field.ValueStart);
        var length = 0;
        while (true)
        {
            var quote = source.IndexOf(Quote);
            var run = quote < 0 ? source.Length : quote + 1;
            source[..run].CopyTo(target[length..]);
            length += run;
            if (quote < 0)
                break;
            source = source[(run + 1)..];
        }

        field.UnescapedLength = length;
    }

    /// <summary>The buffer never grows twice within a record, so that no unescaped value is lost.</summary>
    private void Grow() => _unescaped = new byte[Math.Max(_record.Length, _unescaped.Length * 2)];

    private ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value)
    {
        var start = 0;
        var end = value.Length;
        while (start < end && Dialect.IsBlank(value[start]))
            start++;
        while (end > start && Dialect.IsBlank(value[end - 1]))
            end--;
        return value[start..end];
    }

    private ref Field At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return ref _fields[index];
    }

    private static int LineEndLength(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [.., (byte)'\r', (byte)'\n'] => 2,
        [.., (byte)'\r' or (byte)'\n'] => 1,
        _ => 0,
    };

    private struct Field
    {
        public int Start;
        public int End;
        public int ValueStart;
        public int ValueEnd;
        public int UnescapedLength;
        public bool IsQuoted;
        public bool HasDoubledQuotes;
    }
}
