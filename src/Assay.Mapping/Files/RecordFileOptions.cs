using Assay.Mapping.Csv;

namespace Assay.Mapping.Files;

/// <summary>How files are read.</summary>
public sealed record RecordFileOptions
{
    public required FileFormat Format { get; init; }

    /// <summary>CSV only.</summary>
    public CsvDialect Dialect { get; init; } = CsvDialect.Default;

    /// <summary>CSV only: the columns of files without a header row; null where the first row is the header.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>
    /// Largest record in bytes, 1 or more, default 1 MiB (Kafka's own default for a message). Larger ones become failures.
    /// </summary>
    public int MaxRecordBytes { get; init; } = 1 << 20;

    /// <summary>Read where a path is <c>-</c>; the process's standard input by default.</summary>
    public Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;
}
