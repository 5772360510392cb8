using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Assay.Mapping.Csv;

namespace Assay.Mapping.Files;

/// <summary>
/// Reads and changes one field of a raw record; every other byte stays as it was. CSV fields are named by column, JSON fields by a
/// top-level property
/// name or, with a leading slash, by a JSON pointer (RFC 6901). For one thread at a time.
/// </summary>
public sealed class RowEditor
{
    private readonly Dictionary<string, int> _columns;
    private readonly CsvLine? _line;
    private readonly ArrayBufferWriter<byte> _output = new();

    private RowEditor(CsvDialect? dialect, IReadOnlyList<string> columns)
    {
        _line = dialect is null ? null : new CsvLine(dialect);
        _columns = columns.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
    }

    public static RowEditor ForCsv(IReadOnlyList<string> columns, CsvDialect? dialect = null) =>
        new(dialect ?? CsvDialect.Default, columns);

    public static RowEditor ForJson() => new(null, []);

    /// <summary>
    /// The field's value: a CSV field trimmed where unquoted; a JSON string's content, or the JSON text of another value.
    /// </summary>
    /// <returns>Null where the record is malformed or has no such field, or the JSON value is null.</returns>
    public string? Get(ReadOnlyMemory<byte> raw, string field)
    {
        if (_line is not null)
            return Column(raw, field) is { } column ? Encoding.UTF8.GetString(_line.Trimmed(column)) : null;
        return JsonField.Find(raw.Span, field) is { } found ? JsonField.Text(raw.Span[found]) : null;
    }

    /// <summary>Replaces a field. A JSON number stays a number where the new value is one; anything else becomes a string.</summary>
    /// <param name="changed">The new record, its own array; <paramref name="raw"/> where the answer is false.</param>
    /// <returns>False where the record has no such field, is malformed, or its dialect cannot carry the value.</returns>
    public bool TrySet(ReadOnlyMemory<byte> raw, string field, string value, out ReadOnlyMemory<byte> changed)
    {
        changed = raw;
        _output.ResetWrittenCount();
        var bytes = Encoding.UTF8.GetBytes(value);
        Range place;
        if (_line is not null)
        {
            if (Column(raw, field) is not { } column || !CsvSyntax.TryWriteField(_output, bytes, _line.Dialect, _line.Count == 1))
                return false;
            place = LeadingBlanksKept(raw.Span, _line.Range(column));
        }
        else
        {
            if (JsonField.Find(raw.Span, field) is not { } found)
                return false;
            WriteJson(value, raw.Span[found][0]);
            place = found;
        }

        var (start, length) = place.GetOffsetAndLength(raw.Length);
        changed = (byte[])[.. raw.Span[..start], .. _output.WrittenSpan, .. raw.Span[(start + length)..]];
        return true;
    }

    private int? Column(ReadOnlyMemory<byte> raw, string name) =>
        _columns.TryGetValue(name, out var column) && _line!.TrySplit(raw) && column < _line.Count ? column : null;

    /// <summary>Data with <c>", "</c> between its fields keeps the blank.</summary>
    private Range LeadingBlanksKept(ReadOnlySpan<byte> raw, Range field)
    {
        var (start, length) = field.GetOffsetAndLength(raw.Length);
        var end = start + length;
        while (start < end && _line!.Dialect.IsBlank(raw[start]))
            start++;
        return start..end;
    }

    private void WriteJson(string value, byte before)
    {
        var wasNumber = before is (byte)'-' or (>= (byte)'0' and <= (byte)'9');
        if (wasNumber && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            _output.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(number)));
        else
            _output.Write(JsonSerializer.SerializeToUtf8Bytes(value, JsonField.Relaxed));
    }
}
