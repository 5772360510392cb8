using Assay.Contracts.Trust;

namespace Assay.Contracts.Evidence;

/// <summary>
/// What one shard knows of one identity. Absolute, so that a report may be repeated, be lost and come again, or come late: the highest
/// <see cref="Sequence"/> of a shard counts.
/// </summary>
[GenerateSerializer, Immutable, Alias("assay.shard-report")]
public sealed record ShardReport
{
    /// <summary>Whose standing the evidence is about.</summary>
    [Id(0)] public required StandingKey Key { get; init; }

    /// <summary>Key of the shard, e.g. a source id.</summary>
    [Id(1)] public required string Shard { get; init; }

    /// <summary>The dataset whose cohort the identity was compared with.</summary>
    [Id(2)] public required string Dataset { get; init; }

    /// <summary>Grows with every report of the shard about the identity, over restarts too; the offset of <see cref="At"/> will do.</summary>
    [Id(3)] public required long Sequence { get; init; }

    /// <summary>
    /// The epoch of the identity's standing that the shard had applied. Evidence from before a quarantine or a release counts no more.
    /// </summary>
    [Id(4)] public required long SeenEpoch { get; init; }

    /// <summary>M of the shard, 0 or more, finite.</summary>
    [Id(5)] public required double Mass { get; init; }

    /// <summary>Records of the identity in the shard that were compared with a sufficient reference.</summary>
    [Id(6)] public required long MonitoredRecords { get; init; }

    /// <summary>Id of the identity's last record in the shard, and where it stands.</summary>
    [Id(7)] public required RecordPlace At { get; init; }

    /// <summary>The first record since the heaviest evidence began; null where there is none.</summary>
    [Id(8)] public RecordPlace? Onset { get; init; }

    /// <summary>Admitted records of the identity from the onset to <see cref="At"/>.</summary>
    [Id(9)] public long AdmittedSinceOnset { get; init; }

    /// <summary>Id of the detector that says most; null without evidence, or where only all detectors together say something.</summary>
    [Id(10)] public string? Detector { get; init; }

    /// <summary>What the evidence is about, e.g. a slice.</summary>
    [Id(11)] public string? Subject { get; init; }

    /// <summary>The evidence in a sentence with counts.</summary>
    [Id(12)] public string? Sentence { get; init; }

    /// <summary>A certain sign that quarantines by itself: the rule's permanent id; null without.</summary>
    [Id(13)] public string? Rule { get; init; }

    /// <summary>
    /// What the shard would have reported right before it applied the decision that withholds and voided its evidence, under the epoch that it had; null
    /// where there is none, or nothing was admitted. Comes with every report from then on, so that what was admitted up to there is recalled whichever
    /// of them arrives.
    /// </summary>
    [Id(14)] public ShardReport? Before { get; init; }
}
