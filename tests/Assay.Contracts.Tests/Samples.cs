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
}
