using Assay.Contracts.Records;

namespace Assay.Mapping.Files;

/// <summary>
/// Cuts one file into records. Bytes of the file end up in a record, in a failure, in the header or in a blank line; nowhere else.
/// </summary>
internal sealed class RecordFile : IDisposable
{
    /// <summary>How much of an oversize record its failure keeps.</summary>
    private const int KeptBytes = 1024;

    private readonly string _path;
    private readonly RecordFileOptions _options;
    private readonly LineWindow _window;
    private readonly RowShape? _rows;
    private long _delivered;

    /// <exception cref="InputException">The file cannot be read as what the options say.</exception>
    public RecordFile(string path, RecordFileOptions options)
    {
        _path = path;
        _options = options;
        _window = new LineWindow(InputStream.Open(path, options.StandardInput));
        try
        {
            SkipBlankLines();
            FirstLine.Check(path, options, Peek());
            if (options.Format == FileFormat.Csv)
                _rows = new RowShape(options.Dialect, options.Columns ?? ReadHeader());
        }
        catch
        {
            _window.Dispose();
            throw;
        }
    }

    /// <summary>Column names in order; empty for JSON lines.</summary>
    public IReadOnlyList<string> Columns => _rows?.Columns ?? [];

    /// <exception cref="InputException">The input breaks off; thrown after everything before it has been given.</exception>
    public FileRecord? Next()
    {
        SkipBlankLines();
        var first = _window.Find(0, _options.MaxRecordBytes);
        if (first.Ending == LineEnding.Damage)
            throw BrokenOff(_window.Damage!);
        if (first.Content == 0)
            return null;
        _delivered++;
        if (first.Content > _options.MaxRecordBytes)
            return Oversize();
        return _options.Format == FileFormat.Csv ? Row(first) : Take(first, 1, null);
    }

    public void Dispose() => _window.Dispose();

    private FileRecord Row(LineBounds first)
    {
        var last = first;
        var from = 0;
        var lines = 1;
        var open = false;
        while (true)
        {
            open = Csv.CsvSyntax.EndsInsideQuotes(_window.Bytes(from, last.Content), open, _options.Dialect);
            if (!open)
                break;
            var atEnd = last.Ending != LineEnding.LineBreak;
            from = last.Next;
            if (!atEnd)
                last = _window.Find(from, _options.MaxRecordBytes);
            if (atEnd || last.Content > _options.MaxRecordBytes || last.Ending == LineEnding.Damage)
                return Take(first, 1, FileFailures.NeverClosed(_options.MaxRecordBytes, atEnd));
            // A line break inside the quotes is part of the value.
            lines++;
        }

        var raw = _window.Bytes(0, last.Content).ToArray();
        var failure = _rows!.Check(raw, lines);
        // Broken quoting says nothing of where the row ends: only its first line is given up.
        return failure?.Rule == "csv" ? Take(first, 1, failure) : Take(last, lines, failure);
    }

    private FileRecord Take(LineBounds end, int lines, ReadFailure? failure)
    {
        var raw = _window.Bytes(0, end.Content).ToArray();
        var nul = raw.AsSpan().IndexOf((byte)0);
        var record = new FileRecord(_path, _window.Line, raw, nul >= 0 ? FileFailures.Nul(nul) : failure);
        _window.Advance(end.Next, lines);
        return record;
    }

    private FileRecord Oversize()
    {
        var line = _window.Line;
        var kept = _window.Bytes(0, Math.Min(KeptBytes, _options.MaxRecordBytes)).ToArray();
        var length = _window.SkipLine();
        return new FileRecord(_path, line, kept, FileFailures.TooLarge(length, _options.MaxRecordBytes));
    }

    private void SkipBlankLines()
    {
        while (true)
        {
            var line = _window.Find(0, _options.MaxRecordBytes);
            if (line.Next == 0 || line.Ending is LineEnding.Damage or LineEnding.BeyondLimit || !IsBlank(_window.Bytes(0, line.Content)))
                return;
            _window.Advance(line.Next, 1);
        }
    }

    private bool IsBlank(ReadOnlySpan<byte> line)
    {
        foreach (var b in line)
        {
            if (!_options.Dialect.IsBlank(b))
                return false;
        }

        return true;
    }

    private ReadOnlySpan<byte> Peek()
    {
        var line = _window.Find(0, _options.MaxRecordBytes);
        if (line.Ending == LineEnding.Damage)
            throw BrokenOff(_window.Damage!);
        if (line.Content == 0)
            throw new InputException($"{InputStream.Name(_path)} holds blank lines only: there is nothing to read.");
        return _window.Bytes(0, line.Content);
    }

    private List<string> ReadHeader()
    {
        var first = _window.Find(0, _options.MaxRecordBytes);
        if (first.Content > _options.MaxRecordBytes)
            throw new InputException($"{InputStream.Name(_path)}, line {_window.Line}: the header is longer than {_options.MaxRecordBytes} bytes. Is this a CSV file?");
        var open = Csv.CsvSyntax.EndsInsideQuotes(_window.Bytes(0, first.Content), false, _options.Dialect);
        var line = _window.Line;
        var bytes = _window.Bytes(0, first.Content).ToArray();
        _window.Advance(first.Next, 1);
        if (open)
            throw new InputException(
                $"{InputStream.Name(_path)}, line {line}: a quote in the header is never closed. Column names stand on one line.");
        return CsvHeader.Parse(InputStream.Name(_path), line, bytes, _options.Dialect);
    }

    private InputException BrokenOff(Exception cause) => new(
        $"{InputStream.Name(_path)} breaks off at line {_window.Line} after {_delivered} records: {cause.Message} "
        + "What came before was used; the line where it breaks off was not. Get the file again, then repeat.", cause);
}
