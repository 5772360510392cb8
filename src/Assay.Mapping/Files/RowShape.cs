using Assay.Contracts.Records;
using Assay.Mapping.Csv;

namespace Assay.Mapping.Files;

/// <summary>Whether bytes are one row of a file with known columns.</summary>
internal sealed class RowShape(CsvDialect dialect, IReadOnlyList<string> columns)
{
    private readonly CsvLine _line = new(dialect);

    public IReadOnlyList<string> Columns { get; } = columns;

    public ReadFailure? Check(ReadOnlyMemory<byte> row, int lines)
    {
        if (!_line.TrySplit(row))
            return FileFailures.Malformed(_line.FaultReason);
        return _line.Count == Columns.Count ? null : FileFailures.Ragged(_line.Count, Columns, lines);
    }
}
