namespace Assay.Mapping.Files;

/// <summary>Files as one stream of records, in the order given; gzip is unpacked whatever the name, <c>-</c> is standard input.</summary>
public sealed class RecordFiles : IDisposable
{
    private readonly IReadOnlyList<string> _paths;
    private readonly RecordFileOptions _options;
    private RecordFile? _standardInput;

    private RecordFiles(IReadOnlyList<string> paths, RecordFileOptions options)
    {
        _paths = paths;
        _options = options;
    }

    /// <summary>CSV column names in order, the same in every file; empty for JSON lines.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>False with standard input: then <see cref="Read"/> can be called once only.</summary>
    public bool CanReadAgain => !_paths.Contains("-");

    /// <summary>Opens each file once, so that one that cannot be read stops the work before it begins.</summary>
    /// <exception cref="InputException">A file cannot be opened, holds no text, has an unusable header, or headers differ.</exception>
    public static RecordFiles Open(IReadOnlyList<string> paths, RecordFileOptions options)
    {
        if (paths.Count == 0)
            throw new InputException("No file is given. Name one or more CSV or JSON-lines files, or - for standard input.");
        if (paths.Count(path => path == "-") > 1)
            throw new InputException("Standard input (-) is given twice; it can be read once only.");
        var files = new RecordFiles(paths, options);
        try
        {
            foreach (var path in paths)
                files.Check(path);
        }
        catch
        {
            files.Dispose();
            throw;
        }

        return files;
    }

    /// <summary>Every record and failure in order. Blank lines between records are skipped.</summary>
    /// <exception cref="InputException">While enumerating: a file breaks off (damaged gzip, read error), after everything before it has
    /// been given.</exception>
    /// <exception cref="InvalidOperationException">Standard input has been read already.</exception>
    public IEnumerable<FileRecord> Read()
    {
        foreach (var path in _paths)
        {
            using var file = Reopen(path);
            while (file.Next() is { } record)
                yield return record;
        }
    }

    public void Dispose() => _standardInput?.Dispose();

    private void Check(string path)
    {
        var file = new RecordFile(path, _options);
        if (path == "-")
            _standardInput = file;
        else
            file.Dispose();
        if (Columns.Count == 0)
            Columns = file.Columns;
        else if (!Columns.SequenceEqual(file.Columns))
            throw new InputException(Difference(path, file.Columns));
    }

    private RecordFile Reopen(string path)
    {
        if (path != "-")
            return new RecordFile(path, _options);
        var file = _standardInput ?? throw new InvalidOperationException("Standard input has been read already.");
        _standardInput = null;
        return file;
    }

    private string Difference(string path, IReadOnlyList<string> columns)
    {
        var at = Columns.Zip(columns).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{InputStream.Name(_paths[0])} and {InputStream.Name(path)} have different headers ({Columns.Count} and {columns.Count} columns; column {at + 1} is "
            + $"{Column(Columns, at)} and {Column(columns, at)}). Files of one stream need the same columns in the same order; replay them apart, or align them.";
    }

    private static string Column(IReadOnlyList<string> columns, int index) => index < columns.Count ? $"'{columns[index]}'" : "missing";
}
