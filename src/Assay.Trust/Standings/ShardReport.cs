namespace Assay.Trust.Standings;

/// <summary>
/// What one shard knows of one identity. Absolute, so that a report may be repeated, be lost and come again, or come late: the highest
/// <see cref="Sequence"/> of a shard counts.
/// </summary>
public sealed record ShardReport
{
    /// <summary>Key of the shard, e.g. a source id.</summary>
    public required string Shard { get; init; }

    /// <summary>Grows with every report of the shard about the identity, over restarts too; the offset of <see cref="At"/> will do.</summary>
    public required long Sequence { get; init; }

    /// <summary>The epoch of the identity's standing that the shard had applied. Evidence from before a quarantine or a release counts no more.</summary>
    public required long SeenEpoch { get; init; }

    /// <summary>M of the shard, 0 or more, finite.</summary>
    public required double Mass { get; init; }

    /// <summary>Records of the identity in the shard that were compared with a sufficient reference.</summary>
    public required long MonitoredRecords { get; init; }

    /// <summary>Id of the identity's last record in the shard, and where it stands.</summary>
    public required RecordPlace At { get; init; }

    /// <summary>The first record since the heaviest evidence began; null where there is none.</summary>
    public RecordPlace? Onset { get; init; }

    /// <summary>Admitted records of the identity from the onset to <see cref="At"/>.</summary>
    public long AdmittedSinceOnset { get; init; }

    /// <summary>Id of the detector that says most; null without evidence, or where only all detectors together say something.</summary>
    public string? Detector { get; init; }

    /// <summary>What the evidence is about, e.g. a slice.</summary>
    public string? Subject { get; init; }

    /// <summary>The evidence in a sentence with counts.</summary>
    public string? Sentence { get; init; }
}

/// <summary>A record by its id and its place on Kafka.</summary>
public readonly record struct RecordPlace(string Id, string Topic, int Partition, long Offset);
