using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;

namespace Assay.Contracts.Sources;

/// <summary>Records of one shard in offset order, sent by the partition's owner. Its arrays are never pooled: local delivery shares the reference.</summary>
[GenerateSerializer, Immutable, Alias("assay.source-batch")]
public sealed class SourceBatch
{
    /// <summary><see cref="PreviousOffset"/> of the first batch after an assignment or a seek.</summary>
    public const long FirstContact = -1;

    /// <summary>Counts the assignments and seeks of the partition at its owner.</summary>
    [Id(0)] public required long Epoch { get; init; }

    /// <summary>The last offset of this shard that this owner has sent in this epoch, or <see cref="FirstContact"/>.</summary>
    [Id(1)] public required long PreviousOffset { get; init; }

    [Id(2)] public required InputRecord[] Records { get; init; }

    /// <summary>
    /// Verdicts that already stand in the verdict topic, parallel to <see cref="Records"/>, <see cref="VerdictKind.None"/> where there is none;
    /// null where none of the batch has one. A record keeps the verdict it has, in output and in what is learned.
    /// </summary>
    [Id(3)] public VerdictKind[]? Settled { get; init; }

    /// <summary>The standing-table and cohort-view versions the owner had when it sent the batch.</summary>
    [Id(4)] public long View { get; init; }
}

public enum BatchStatus : byte
{
    /// <summary>Every record at or below <see cref="BatchResult.LastOffset"/> is in the grain's state.</summary>
    Applied,

    /// <summary>Records are missing between the state and the batch: the owner seeks back to the committed offset.</summary>
    Gap,
}

[GenerateSerializer, Immutable, Alias("assay.batch-result")]
public sealed class BatchResult
{
    [Id(0)] public required BatchStatus Status { get; init; }

    /// <summary>The last offset that the grain's state holds, −1 for a new shard.</summary>
    [Id(1)] public required long LastOffset { get; init; }

    /// <summary>In offset order. Records that the durable state already held have none: their outputs are acknowledged.</summary>
    [Id(2)] public Verdict[] Verdicts { get; init; } = [];
}

/// <summary>What a checkpoint made durable.</summary>
/// <param name="LastOffset">The last offset in the durable state; the owner compares it with what it expects before the watermark moves.</param>
[GenerateSerializer, Immutable, Alias("assay.checkpoint-result")]
public readonly record struct CheckpointResult([property: Id(0)] long LastOffset, [property: Id(1)] int Bytes);
