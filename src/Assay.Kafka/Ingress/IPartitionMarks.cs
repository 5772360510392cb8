namespace Assay.Kafka.Ingress;

/// <summary>
/// Keeps the marks of partitions in the store that holds the state of sources, so that they are lost or go back in time together. A mark is written after
/// the state that it speaks for and before the commit to Kafka. Used where state is durable; safe for several threads.
/// </summary>
public interface IPartitionMarks
{
    /// <returns>What stands; null where nothing does.</returns>
    /// <exception cref="Exception">The store cannot be reached: try again.</exception>
    Task<StoredMark?> Read(string topic, int partition);

    /// <summary>Compares, then writes, in one step (<see cref="PartitionMark.Precedes"/>, <see cref="PartitionMark.Then"/>).</summary>
    /// <param name="known">The last mark that the caller has read or written; null for none.</param>
    /// <param name="sources">Sources with a shard of their own that the store may not know yet.</param>
    /// <returns>False, and nothing written, where the store holds less than <paramref name="known"/>: it has lost what was written.</returns>
    /// <exception cref="Exception">The store cannot be reached; whether the mark was written is unknown.</exception>
    Task<bool> Write(string topic, int partition, PartitionMark? known, PartitionMark mark, IReadOnlyList<string> sources);
}
