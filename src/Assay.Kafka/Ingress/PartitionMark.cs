namespace Assay.Kafka.Ingress;

/// <summary>How far the durable state of a partition reaches (DATA-PLANE rules 8 and 11). Offsets are "next to read".</summary>
/// <param name="Offset">Everything below is in durable state, and what it led to is acknowledged.</param>
/// <param name="Verdicts">A position of the verdict partition at or below every verdict of <paramref name="Offset"/> and of what follows it.</param>
/// <param name="RebuildTo">
/// A person has asked for the state to be built again: committed offsets up to here may lie above <paramref name="Offset"/>. 0 where nobody has.
/// </param>
public readonly record struct PartitionMark(long Offset, long Verdicts, long RebuildTo = 0)
{
    /// <summary>True where a group that has committed so far may go on with this state.</summary>
    public bool Covers(long committed) => committed <= Math.Max(Offset, RebuildTo);
}

/// <summary>A mark with what is stored beside it.</summary>
/// <param name="Sources">Sources of the partition with a shard of their own: all that came below the mark, perhaps some above it.</param>
/// <param name="LossAccepted">
/// A person has accepted that what retention had deleted below this offset, and nobody had judged, is lost. 0 where nobody has.
/// </param>
public sealed record StoredMark(PartitionMark Mark, IReadOnlyCollection<string> Sources, long LossAccepted = 0);
