using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;

namespace Assay.Contracts.Tests;

internal static class Samples
{
    public static Verdict Verdict(long offset = 42, VerdictKind kind = VerdictKind.Hold) => new()
    {
        Offset = offset,
        Kind = kind,
        RecordId = "rec-\"7\" é",
        Identity = "svc-labels",
        Dataset = "fraud",
        Mode = DatasetMode.Enforce,
        Score = 3.14159265,
        Detectors = ["content-rules", "density"],
        Scores = [0, 3.14159265],
        Reasons = ["label >50K turned to <=50K where occupation=Exec-managerial, 15 records, 1.9 expected"],
        View = 9,
    };

    public static Decision Decision() => new()
    {
        Identity = "svc-labels",
        Source = "vendor/a",
        Standing = Standing.Quarantined,
        Epoch = 3,
        At = "ingest/3/42",
        Onset = "ingest/3/17",
        Detector = "label-slices",
        Subject = "occupation=Exec-managerial",
        Reason = "label >50K turned to <=50K where occupation=Exec-managerial, 15 records, 1.9 expected",
        Evidence = new DecisionEvidence(212_345.678, 200_000),
        Frameworks = ["AML.T0020", "LLM05:2026"],
    };

    public static Recall Recall() => new()
    {
        Identity = "svc-labels",
        Source = "vendor/a",
        Epoch = 3,
        From = "ingest/3/17",
        To = "ingest/3/42",
        Records = 11,
        Ranges = [new RecallRange("ingest", 3, 17, 42), new RecallRange("ingest", 1, 5, 5)],
    };

    public static TrustHeartbeat Heartbeat() => new(2, 7, 1234, new DateTimeOffset(2026, 11, 22, 20, 0, 30, TimeSpan.Zero));
}
