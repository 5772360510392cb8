using Orleans.Streams;

namespace Assay.Kafka.Streams;

/// <summary>The queues of the provider; Orleans' ring says which silo reads which.</summary>
internal sealed class TrustQueues(IReadOnlyList<TrustQueue> queues) : IConsistentRingStreamQueueMapper
{
    private readonly Dictionary<QueueId, TrustQueue> _byId = queues.ToDictionary(q => q.Id);

    public TrustQueue this[QueueId id] => _byId[id];

    public IEnumerable<QueueId> GetAllQueues() => _byId.Keys;

    public IEnumerable<QueueId> GetQueuesForRange(IRingRange range) => _byId.Keys.Where(id => range.InRange(id.GetUniformHashCode()));

    /// <exception cref="KeyNotFoundException">No topic has that stream.</exception>
    public QueueId GetQueueForStream(StreamId streamId) =>
        queues.FirstOrDefault(q => q.Stream == streamId)?.Id
        ?? throw new KeyNotFoundException($"There is no stream {streamId}: streams are named by namespace and partition.");
}
