namespace Assay.Contracts.Verdicts;

/// <summary>A verdict as a reader of the verdict topic sees it: self-contained, since it names its position and source itself.</summary>
public sealed record VerdictMessage
{
    /// <summary>The record's own id, or its position.</summary>
    public required string Id { get; init; }

    /// <summary>The input topic.</summary>
    public required string Topic { get; init; }

    public required int Partition { get; init; }

    /// <summary>Offset of the record in the input topic.</summary>
    public required long Offset { get; init; }

    public required string Source { get; init; }

    public required string Identity { get; init; }

    public required string Dataset { get; init; }

    public required VerdictKind Verdict { get; init; }

    public required DatasetMode Mode { get; init; }

    /// <summary>Suspicion, higher is worse, comparable within a dataset; six significant digits.</summary>
    public required double Score { get; init; }

    /// <summary>Score of each detector, by its id.</summary>
    public IReadOnlyDictionary<string, double> Scores { get; init; } = new Dictionary<string, double>();

    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Version of the cohort view that the record was scored with; 0 without one.</summary>
    public long View { get; init; }
}
