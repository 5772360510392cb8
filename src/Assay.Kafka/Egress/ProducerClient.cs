using Assay.Kafka.Clients;
using Confluent.Kafka;

namespace Assay.Kafka.Egress;

/// <summary>One producer and whoever waits for its acknowledgements: a producer that is disposed of reports nothing more.</summary>
internal sealed class ProducerClient : IDisposable
{
    private readonly IProducer<byte[]?, byte[]?> _producer;
    private readonly CancellationTokenSource _over = new();
    private volatile bool _broken;

    /// <inheritdoc cref="KafkaClients.Producer"/>
    public ProducerClient(KafkaClients clients, KafkaEgressOptions options, string role, bool alone) =>
        _producer = clients.Producer(options, role, () => _broken = true, alone);

    /// <summary>A fatal error has ended the producer.</summary>
    public bool Broken => _broken;

    /// <summary>Disposed of.</summary>
    public bool Over => _over.IsCancellationRequested;

    /// <exception cref="KafkaException">Not acknowledged.</exception>
    /// <exception cref="OperationCanceledException">The caller waits no longer, or the client was disposed of.</exception>
    public async Task Produce(TopicPartition target, Message<byte[]?, byte[]?> message, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _over.Token);
        try
        {
            await _producer.ProduceAsync(target, message, either.Token);
        }
        catch (ObjectDisposedException e)
        {
            throw new OperationCanceledException("the producer is gone", e);
        }
    }

    public void Dispose()
    {
        _producer.Dispose();
        _over.Cancel();
    }
}
