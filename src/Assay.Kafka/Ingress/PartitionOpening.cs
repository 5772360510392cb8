using Assay.Kafka.Offsets;

namespace Assay.Kafka.Ingress;

/// <summary>What a new owner has to know of its partition before it sends anything.</summary>
/// <param name="Start">First offset to read.</param>
/// <param name="Committed">The group's committed offset, −1 for none.</param>
/// <param name="Verdicts">The verdicts that stand at or above <paramref name="Start"/>.</param>
/// <param name="Positions">Where those and later verdicts stand in the verdict partition.</param>
/// <param name="Lost">Records below <paramref name="Start"/> that were never judged and that retention has deleted.</param>
/// <param name="Stored">What the state store says of the partition; null for nothing, or where state is in memory.</param>
internal sealed record PartitionOpening(long Start, long Committed, VerdictMap Verdicts, VerdictPositions Positions, long Lost, StoredMark? Stored = null);
