using Assay.Contracts.Topics;

namespace Assay.Kafka.Topics;

/// <summary>How an output topic should be.</summary>
/// <param name="Partitions">1 or more.</param>
/// <param name="Compacted">Keeps the newest message of each key for ever instead of all messages for a time.</param>
/// <param name="AppendTime">Timestamps are the broker's; false where a copy keeps the timestamp of its record.</param>
/// <param name="KeepForEver">No retention by time.</param>
/// <param name="Large">Takes messages as large as the client sends, not as the broker's default has it.</param>
public sealed record TopicSpec(string Name, int Partitions, bool Compacted = false, bool AppendTime = true, bool KeepForEver = false, bool Large = false)
{
    /// <summary>Every output topic.</summary>
    /// <param name="verdictPartitions">As the widest input topic: partition p of an input has its verdicts in partition p.</param>
    /// <param name="partitions">Of the topics that may have any number.</param>
    public static IReadOnlyList<TopicSpec> Outputs(TopicNames names, int verdictPartitions, int partitions) =>
    [
        new(names.TrustDecisions, partitions, Compacted: true),
        new(names.TrustLog, partitions, KeepForEver: true),
        new(names.Verdicts, verdictPartitions),
        new(names.Admitted, partitions, AppendTime: false, Large: true),
        new(names.Held, partitions, AppendTime: false, KeepForEver: true, Large: true),
        new(names.Recalls, partitions, KeepForEver: true),
        new(names.Audit, 1, KeepForEver: true),
        new(names.DeadLetters, partitions, AppendTime: false, KeepForEver: true, Large: true),
        new(names.CohortViews, partitions, Compacted: true, Large: true),
    ];
}
