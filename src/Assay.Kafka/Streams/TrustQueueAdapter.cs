using Assay.Contracts.Ports;
using Orleans.Streams;

namespace Assay.Kafka.Streams;

/// <summary>The provider's way in: none. It reads the topics that <see cref="ITrustPublisher"/> writes.</summary>
/// <remarks>
/// <see cref="Direction"/> is read-write although nothing can be written: Orleans answers for a read-only adapter itself, without
/// saying where to write instead.
/// </remarks>
internal sealed class TrustQueueAdapter(string name, Func<QueueId, IQueueAdapterReceiver> receiver) : IQueueAdapter
{
    public string Name => name;

    /// <summary>A subscriber takes up where the checkpoint stands; its own position is its own to keep.</summary>
    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => receiver(queueId);

    /// <exception cref="NotSupportedException">Always.</exception>
    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext) =>
        throw new NotSupportedException(
            $"Stream {streamId} is read-only: it carries what stands on Kafka. "
            + $"Publish decisions and recalls with {nameof(ITrustPublisher)}, which signs them.");
}
