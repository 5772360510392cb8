using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;

namespace Assay.Host.Tests.Live;

/// <summary>Verdicts as an ingress would report them.</summary>
internal static class Flows
{
    public static Verdict Of(VerdictKind kind, string identity, long offset = 0, string? reason = null, double score = 0, string? id = null) => new()
    {
        Offset = offset,
        Kind = kind,
        RecordId = id ?? $"r-{offset}",
        Identity = identity,
        Dataset = "d",
        Score = score,
        Reasons = reason is null ? [] : [reason],
        Failure = kind == VerdictKind.DeadLetter ? new ReadFailure(ReadFailure.Stages.Map, "time", reason ?? "unreadable") : null,
    };
}
