using Assay.Kafka.Egress;
using Assay.Kafka.Offsets;

namespace Assay.Kafka.Ingress;

/// <summary>What a new owner has to know of its partition before it sends anything.</summary>
/// <param name="Start">First offset to read.</param>
/// <param name="Committed">The group's committed offset, −1 for none.</param>
/// <param name="Verdicts">The verdicts that stand at or above <paramref name="Start"/>.</param>
/// <param name="Positions">Where those and later verdicts stand in the verdict partition.</param>
/// <param name="Stored">What the state store says of the partition; null for nothing, or where state is in memory.</param>
/// <param name="Loss">What retention has deleted below <paramref name="Start"/> and nobody has judged; null for nothing.</param>
/// <param name="LossAccepted">A person has accepted it. Otherwise the partition is not to be read.</param>
/// <param name="Added">The group has begun with the topic's other partitions, and not with this one.</param>
/// <param name="Route">Where its outputs go.</param>
internal sealed record PartitionOpening(
    long Start, long Committed, VerdictMap Verdicts, VerdictPositions Positions, StoredMark? Stored = null, RetentionLoss? Loss = null,
    bool LossAccepted = false, bool Added = false, OutputRoute? Route = null);
