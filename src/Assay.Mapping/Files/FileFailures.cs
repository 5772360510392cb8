using Assay.Contracts.Records;

namespace Assay.Mapping.Files;

/// <summary>The ways in which lines of a file fail to be a record; rules are few and permanent.</summary>
internal static class FileFailures
{
    public static ReadFailure TooLarge(long bytes, int limit) =>
        Read("size", $"The record has {bytes} bytes; at most {limit} are read. Only its beginning is kept here.");

    public static ReadFailure Nul(int at) => Read("nul", $"The record has a NUL byte (at byte {at + 1}): this is no text.");

    public static ReadFailure NeverClosed(int limit, bool atEnd) =>
        Read("quote", $"A quoted field opens in this line and is not closed {(atEnd ? "before the end of the file" : $"within {limit} bytes")}; reading went on with the next line.");

    public static ReadFailure Malformed(string reason) => new(ReadFailure.Stages.Decode, "csv", reason);

    public static ReadFailure Ragged(int fields, IReadOnlyList<string> columns, int lines) =>
        new(ReadFailure.Stages.Decode, "columns", $"The row {(lines > 1 ? $"(of {lines} lines) " : "")}has {fields} fields; the header has {columns.Count}.");

    private static ReadFailure Read(string rule, string reason) => new(ReadFailure.Stages.Read, rule, reason);
}
