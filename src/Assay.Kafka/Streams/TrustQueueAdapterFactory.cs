using System.Collections.Concurrent;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Topics;
using Confluent.Kafka;
using Microsoft.Extensions.Options;
using Orleans.Streams;

namespace Assay.Kafka.Streams;

/// <summary>Puts the parts of the provider together: a queue for each partition of the trust log and of the recalls.</summary>
internal sealed class TrustQueueAdapterFactory(
    string name,
    IStreamQueueCheckpointerFactory checkpoints,
    TopicFeed feed,
    KafkaClients clients,
    TrustStreamFaults faults,
    IOptions<TrustStreamOptions> options,
    IOptions<KafkaEgressOptions> egress,
    TimeProvider time) : IQueueAdapterFactory, IQueueAdapterCache
{
    // An agent makes its window and then the receiver that fills it.
    private readonly ConcurrentDictionary<QueueId, QueueWindow> _windows = new();
    private TrustQueues _queues = new([]);

    public Task<IQueueAdapter> CreateAdapter() => CreateAdapter(CancellationToken.None);

    /// <exception cref="KafkaSetupException">No broker answered, or a topic is missing.</exception>
    public async Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken)
    {
        var present = await Task.Run(() => TopicCatalog.Partitions(clients), cancellationToken);
        var names = new TopicNames(egress.Value.TopicPrefix);
        _queues = new TrustQueues([.. Queues(TrustStreams.Decisions, names.TrustLog, present), .. Queues(TrustStreams.Recalls, names.Recalls, present)]);
        return new TrustQueueAdapter(name, CreateReceiver);
    }

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IQueueCache CreateQueueCache(QueueId queueId) =>
        _windows[queueId] = new QueueWindow(_queues[queueId], options.Value.Window, faults);

    public IStreamQueueMapper GetStreamQueueMapper() => _queues;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new RefusalHandler(_queues[queueId], () => _windows[queueId], faults));

    private TrustQueueReceiver CreateReceiver(QueueId id) => new(_queues[id], _windows[id], feed, checkpoints, faults, time);

    private static IEnumerable<TrustQueue> Queues(string space, string topic, IReadOnlyDictionary<string, int> present) =>
        present.TryGetValue(topic, out var partitions)
            ? Enumerable.Range(0, partitions).Select(p => new TrustQueue(space, new TopicPartition(topic, p)))
            : throw new KafkaSetupException(KafkaSetupProblem.Topics, $"Topic {topic} does not exist; `assay topics create` makes it.");
}
