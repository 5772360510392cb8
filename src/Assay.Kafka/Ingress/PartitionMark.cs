namespace Assay.Kafka.Ingress;

/// <summary>How far the durable state of a partition reaches (DATA-PLANE rules 8 and 11). Offsets are "next to read".</summary>
/// <param name="Offset">Everything below is in durable state, and what it led to is acknowledged.</param>
/// <param name="Verdicts">A position of the verdict partition at or below every verdict of <paramref name="Offset"/> and of what follows it.</param>
/// <param name="RebuildTo">
/// A person has asked for the state to be built again: committed offsets up to here may lie above <paramref name="Offset"/>. 0 where nobody has.
/// </param>
/// <param name="CommitTo">
/// With exactly-once delivery: a transaction that commits up to here was announced before it ended, so committed offsets up to here may lie above
/// <paramref name="Offset"/>. What lies between is rebuilt from the verdicts that stand. Never falls.
/// </param>
public readonly record struct PartitionMark(long Offset, long Verdicts, long RebuildTo = 0, long CommitTo = 0)
{
    /// <summary>True where a group that has committed so far may go on with this state.</summary>
    public bool Covers(long committed) => committed <= Math.Max(Offset, Math.Max(RebuildTo, CommitTo));

    /// <summary>True where state is behind what is committed, and nobody has said that it may stay incomplete.</summary>
    public bool MustRebuild(long committed) => Offset < committed && RebuildTo < committed;

    /// <summary>True where the store has gone back in time since it held <paramref name="known"/>.</summary>
    public bool Precedes(PartitionMark known) => Offset < known.Offset || CommitTo < known.CommitTo;

    /// <summary>What stands when a mark is written where this one is: a mark that stands higher stays, and what was announced stays announced.</summary>
    public PartitionMark Then(PartitionMark next) => (next.Offset < Offset ? this : next) with { CommitTo = Math.Max(CommitTo, next.CommitTo) };
}

/// <summary>A mark with what is stored beside it.</summary>
/// <param name="Sources">Sources of the partition with a shard of their own: all that came below the mark, perhaps some above it.</param>
/// <param name="LossAccepted">
/// A person has accepted that what retention had deleted below this offset, and nobody had judged, is lost. 0 where nobody has.
/// </param>
public sealed record StoredMark(PartitionMark Mark, IReadOnlyCollection<string> Sources, long LossAccepted = 0);
