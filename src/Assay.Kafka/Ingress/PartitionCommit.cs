namespace Assay.Kafka.Ingress;

/// <summary>One partition's part of a commit.</summary>
/// <param name="Offset">Next to read; −1 where only a mark is due.</param>
/// <param name="Mark">To be written before the commit; null where none is due.</param>
/// <param name="Known">The last mark that the owner has read or written.</param>
/// <param name="NewSources">Sources that the store may not know yet.</param>
internal sealed record PartitionCommit(
    PartitionOwner Owner, long Offset, PartitionMark? Mark = null, PartitionMark? Known = null, IReadOnlyList<string>? NewSources = null)
{
    public IReadOnlyList<string> Sources => NewSources ?? [];
}
