using Assay.Contracts.Cohorts;

namespace Assay.Contracts.Evidence;

/// <summary>What a shard has to tell: to the identities that it follows, and to its cohort.</summary>
[GenerateSerializer, Immutable, Alias("assay.shard-news")]
public sealed record ShardNews
{
    public static ShardNews None { get; } = new();

    /// <summary>In order of the identities' names; the latest of each.</summary>
    [Id(0)] public ShardReport[] Reports { get; init; } = [];

    /// <summary>Null where nothing has changed that the cohort does not know.</summary>
    [Id(1)] public CohortContribution? Contribution { get; init; }

    public bool IsEmpty => Reports.Length == 0 && Contribution is null;
}
