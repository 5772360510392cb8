using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;

namespace Assay.Client;

/// <summary>The verdict that a copy of a record carries in its headers.</summary>
/// <param name="Score">Suspicion, higher is worse; six significant digits.</param>
/// <param name="Reasons">Sentences; empty for an unremarkable record.</param>
/// <param name="Origin">Where the record was read; null on a copy that does not say.</param>
public sealed record RecordMark(VerdictKind Verdict, double Score, IReadOnlyList<string> Reasons, RecordOrigin? Origin);

/// <summary>The position of a record in the input topic.</summary>
public sealed record RecordOrigin(string Topic, int Partition, long Offset);

/// <summary>A message that could not be read or scored.</summary>
/// <param name="Origin">Where it was read.</param>
/// <param name="Failure">Stage, rule and reason.</param>
public sealed record DeadLetter(RecordOrigin Origin, ReadFailure Failure);
