namespace Assay.Kafka.Ingress;

/// <summary>The gaps in the way of a record (DATA-PLANE rule 7), each named for what has just been done.</summary>
internal enum Failpoint
{
    /// <summary>A grain has applied a batch.</summary>
    AfterApply,

    /// <summary>What it led to is handed to the client.</summary>
    AfterProduce,

    /// <summary>Kafka has acknowledged all of it.</summary>
    AfterAcknowledge,

    /// <summary>Pages of a large state stand, and the value that names them does not yet.</summary>
    AfterPages,

    /// <summary>The state of a shard is durable.</summary>
    AfterCheckpoint,

    /// <summary>The mark of a partition stands.</summary>
    AfterMark,

    /// <summary>The group's offsets are committed.</summary>
    AfterCommit,

    /// <summary>Exactly once: the input's offsets are part of the transaction, which is not committed.</summary>
    AfterOffsets,

    /// <summary>Exactly once: the transaction is committed; no state follows it yet.</summary>
    AfterTransaction,
}
