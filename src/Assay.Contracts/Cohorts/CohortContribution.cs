namespace Assay.Contracts.Cohorts;

/// <summary>What one shard gives to its cohort. Counts are absolute since the shard began; the highest <see cref="Sequence"/> of a shard counts.</summary>
[GenerateSerializer, Immutable, Alias("assay.cohort-contribution")]
public sealed class CohortContribution
{
    /// <summary>Key of the shard.</summary>
    [Id(0)] public required string Shard { get; init; }

    [Id(1)] public required string Dataset { get; init; }

    /// <summary>The last offset applied.</summary>
    [Id(2)] public required long Sequence { get; init; }

    /// <summary>Records that were compared with a sufficient reference.</summary>
    [Id(3)] public required long MonitoredRecords { get; init; }

    /// <summary>The smallest hashes of the identities that were, at most <see cref="MaxHashes"/>, ascending: merged, they count distinct identities.</summary>
    [Id(4)] public required ulong[] IdentityHashes { get; init; }

    /// <summary>What detectors give to their references.</summary>
    [Id(5)] public required CohortPart[] Parts { get; init; }

    public const int MaxHashes = 1024;
}

/// <param name="Detector">The detector's permanent id.</param>
/// <param name="Data">In the detector's own versioned format.</param>
[GenerateSerializer, Immutable, Alias("assay.cohort-part")]
public readonly record struct CohortPart([property: Id(0)] string Detector, [property: Id(1)] byte[] Data);
