using Assay.Contracts.Records;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Confluent.Kafka;

namespace Assay.Kafka.Writing;

/// <summary>Produces to explicit partitions of one topic; whoever is faster than the broker waits. One thread at a time.</summary>
public sealed class TopicWriter : IDisposable
{
    private static readonly TimeSpan QueuePoll = TimeSpan.FromMilliseconds(100);
    private readonly IProducer<byte[]?, byte[]?> _producer;
    private readonly TopicPartition[] _partitions;
    private readonly Action<DeliveryReport<byte[]?, byte[]?>> _delivered;
    private volatile Error? _failure;

    /// <param name="partitions">Of the topic, 1 or more.</param>
    /// <exception cref="KafkaException">No broker answered within <see cref="KafkaOptions.StartTimeout"/>.</exception>
    public TopicWriter(KafkaClients clients, KafkaEgressOptions options, string topic, int partitions)
    {
        _producer = clients.Producer(options, "writer");
        _partitions = [.. Enumerable.Range(0, partitions).Select(p => new TopicPartition(topic, p))];
        using var reader = clients.Reader("writer-start");
        Starts = [.. _partitions.Select(p => reader.QueryWatermarkOffsets(p, clients.Options.StartTimeout).High.Value)];
        _delivered = report =>
        {
            if (report.Error.IsError)
                _failure = report.Error;
        };
    }

    /// <summary>Where each partition ended when the writer was made.</summary>
    public IReadOnlyList<long> Starts { get; }

    /// <summary>Hands a message to the client, waiting while its queue is full.</summary>
    /// <param name="timestampMs">Milliseconds since the Unix epoch; 0 = now.</param>
    /// <exception cref="ProduceException{TKey, TValue}">This message, or one before it, cannot be produced.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while the queue was full.</exception>
    public void Write(int partition, byte[]? key, byte[]? value, RecordHeader[]? headers, long timestampMs, CancellationToken cancel = default)
    {
        var message = new Message<byte[]?, byte[]?>
        {
            Key = key,
            Value = value,
            Headers = KafkaMessages.Headers(headers),
            Timestamp = timestampMs == 0 ? Timestamp.Default : new Timestamp(timestampMs, TimestampType.CreateTime),
        };
        while (!TryProduce(partition, message))
        {
            cancel.ThrowIfCancellationRequested();
            _producer.Poll(QueuePoll);
        }
    }

    /// <summary>Waits until everything is acknowledged.</summary>
    /// <exception cref="ProduceException{TKey, TValue}">A message could not be produced.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before that.</exception>
    public void Flush(CancellationToken cancel = default)
    {
        _producer.Flush(cancel);
        ThrowIfFailed();
    }

    public void Dispose() => _producer.Dispose();

    private bool TryProduce(int partition, Message<byte[]?, byte[]?> message)
    {
        ThrowIfFailed();
        try
        {
            _producer.Produce(_partitions[partition], message, _delivered);
            return true;
        }
        catch (ProduceException<byte[]?, byte[]?> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is { } error)
            throw new ProduceException<byte[]?, byte[]?>(error, new DeliveryResult<byte[]?, byte[]?>());
    }
}
