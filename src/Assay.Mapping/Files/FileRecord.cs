using Assay.Contracts.Records;

namespace Assay.Mapping.Files;

/// <summary>One record of a file, or what stands where a record should be.</summary>
/// <param name="File">The path as it was given; <c>-</c> for standard input.</param>
/// <param name="Line">1-based number of the record's first line. LF, CRLF and a lone CR each end a line.</param>
/// <param name="Raw">The bytes as written, without the last line end; the record's own, never reused. For an oversize record its
/// beginning only.</param>
/// <param name="Failure">Null for a record; otherwise why the bytes are none.</param>
public sealed record FileRecord(string File, long Line, ReadOnlyMemory<byte> Raw, ReadFailure? Failure = null);
