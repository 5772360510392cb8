using Assay.Contracts.Evidence;

namespace Assay.Contracts.Sources;

/// <summary>
/// One shard of a source: parses, scores, judges and learns the records of one (topic, partition, source). Keyed by
/// <see cref="SourceId"/>; called only by the owner of the partition, one call at a time.
/// </summary>
[Alias("assay.source")]
public interface ISourceGrain : IGrainWithStringKey
{
    /// <summary>
    /// Applies a batch under the chain check: a batch whose <see cref="SourceBatch.PreviousOffset"/> lies above the state answers
    /// <see cref="BatchStatus.Gap"/> and changes nothing. On first contact the grain goes back to the durable state, as storage has it, so that what
    /// was applied for an earlier owner but never produced is judged again, and what another activation has made durable is not left out.
    /// </summary>
    [Alias("apply")]
    ValueTask<BatchResult> Apply(SourceBatch batch);

    /// <summary>
    /// Makes the state durable if it ends at <paramref name="acknowledged"/>; a state that ends elsewhere is answered with its last offset
    /// and not written, for it may hold records whose outputs Kafka has not acknowledged. A storage error means "state unknown": the grain
    /// deactivates itself and the call throws.
    /// </summary>
    /// <param name="acknowledged">The last offset whose outputs are acknowledged, as all before it.</param>
    [Alias("checkpoint")]
    ValueTask<CheckpointResult> Checkpoint(long acknowledged);

    /// <summary>
    /// Deactivates, so that the partition's next owner activates the grain on its own silo. Writes nothing: what is not checkpointed is judged again.
    /// </summary>
    [Alias("release")]
    ValueTask Release();

    /// <summary>
    /// What the shard has to tell of identities and to its cohort as of its last record. A running cluster does not ask: the grain tells by
    /// itself. A replay, whose grains keep still, asks between two ticks, when nothing is under way.
    /// </summary>
    [Alias("news")]
    ValueTask<ShardNews> News();

    /// <summary>The state in the versioned binary format, for printing and tests.</summary>
    [Alias("snapshot")]
    ValueTask<byte[]> Snapshot();
}
