using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;
using Assay.Mapping.Files;

namespace Assay.Host.Replay.Output;

/// <summary>What became of one row that was put into the stream.</summary>
/// <param name="Record">Where the row comes from and its bytes as streamed.</param>
/// <param name="Source">Empty where it could not be told.</param>
/// <param name="Verdict">Null for a row that was given up before it could be scored.</param>
/// <param name="Failure">Why it was given up; then only.</param>
/// <param name="Attack">Name of the attack that wrote or changed the row; null for a clean one.</param>
internal sealed record ReplayRow(FileRecord Record, string Source, Verdict? Verdict, ReadFailure? Failure, string? Attack)
{
    public VerdictKind Kind => Verdict?.Kind ?? VerdictKind.DeadLetter;

    /// <summary>The record's own id; <c>file:line</c> where nothing was read of it.</summary>
    public string Id => Verdict?.RecordId is { Length: > 0 } id ? id : $"{Record.File}:{Record.Line}";

    public string Identity => Verdict?.Identity ?? Source;

    public ReadFailure? DeadLetter => Failure ?? (Kind == VerdictKind.DeadLetter ? Verdict?.Failure : null);
}
