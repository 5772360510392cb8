namespace Assay.Contracts.Cohorts;

/// <summary>A numbered fact about a cohort: what its members are compared with until the next.</summary>
[GenerateSerializer, Immutable, Alias("assay.cohort-view")]
public sealed class CohortView
{
    [Id(0)] public required string Dataset { get; init; }

    /// <summary>Counts the views of the dataset from 1.</summary>
    [Id(1)] public required long Version { get; init; }

    /// <summary>More than a set share of the cohort is under suspicion: nobody is accused, and its records pass by the dataset's policy.</summary>
    [Id(2)] public required bool Contested { get; init; }

    /// <summary>Distinct identities that have been compared; an estimate above <see cref="CohortContribution.MaxHashes"/>.</summary>
    [Id(3)] public required long Identities { get; init; }

    /// <summary>Their records.</summary>
    [Id(4)] public required long Records { get; init; }

    /// <summary>The references of detectors.</summary>
    [Id(5)] public required CohortPart[] Parts { get; init; }
}
