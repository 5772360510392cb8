using Assay.Contracts.Records;

namespace Assay.Contracts.Verdicts;

/// <summary>What happens to one record.</summary>
public enum VerdictKind : byte
{
    /// <summary>No verdict yet.</summary>
    None = 0,
    Admit = 1,

    /// <summary>Kept aside, not lost.</summary>
    Hold = 2,
    Reject = 3,

    /// <summary>Could not be read or scored; goes to dead letters with the reason.</summary>
    DeadLetter = 4,
}

/// <summary>What verdicts do to the flow of a dataset; the verdicts themselves are the same in every mode.</summary>
public enum DatasetMode : byte
{
    /// <summary>Everything passes; verdicts say what would have been done.</summary>
    Observe,

    /// <summary>Everything passes, with headers that carry the verdict.</summary>
    Mark,

    /// <summary>Only admitted records pass.</summary>
    Enforce,
}

/// <summary>The verdict on one record; its id is (topic, partition, offset), of which the batch knows the first two.</summary>
[GenerateSerializer, Immutable, Alias("assay.verdict")]
public sealed record Verdict
{
    [Id(0)] public required long Offset { get; init; }

    [Id(1)] public required VerdictKind Kind { get; init; }

    /// <summary>The record's own id, or its position.</summary>
    [Id(2)] public required string RecordId { get; init; }

    [Id(3)] public required string Identity { get; init; }

    [Id(4)] public required string Dataset { get; init; }

    [Id(5)] public DatasetMode Mode { get; init; }

    /// <summary>Suspicion of this record, higher is worse, comparable within a dataset: about −log10 of how often a clean record looks as odd. 0 or more, finite.</summary>
    [Id(6)] public double Score { get; init; }

    /// <summary>Detector ids, parallel to <see cref="Scores"/>; one shared array for all verdicts of a grain.</summary>
    [Id(7)] public string[] Detectors { get; init; } = [];

    /// <summary>Each detector's score, on the scale of <see cref="Score"/>.</summary>
    [Id(8)] public double[] Scores { get; init; } = [];

    /// <summary>Sentences, empty for an unremarkable record.</summary>
    [Id(9)] public string[] Reasons { get; init; } = [];

    /// <summary>Version of the cohort view that the record was scored with; 0 without one.</summary>
    [Id(10)] public long View { get; init; }

    /// <summary>Set for <see cref="VerdictKind.DeadLetter"/> only.</summary>
    [Id(11)] public ReadFailure? Failure { get; init; }
}
