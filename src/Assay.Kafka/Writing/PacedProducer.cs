using Assay.Contracts.Records;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Confluent.Kafka;

namespace Assay.Kafka.Writing;

/// <summary>
/// Produces to explicit partitions of one topic, never further ahead of the reader than a window, because a broker that keeps little
/// (<see cref="Embedded.EmbeddedKafka.PartitionBytes"/>) drops what was not read in time. The only producer on its topic, and called by
/// one thread at a time; <see cref="Completed"/> may come from any.
/// </summary>
public sealed class PacedProducer : IDisposable
{
    private readonly IProducer<byte[]?, byte[]?> _producer;
    private readonly TopicPartition[] _partitions;
    private readonly PartitionWindow[] _windows;
    private readonly Action<DeliveryReport<byte[]?, byte[]?>> _delivered;
    private volatile Error? _failure;

    /// <param name="partitions">Of the topic, 1 or more.</param>
    /// <param name="maxBytes">Uncompressed bytes a partition may be ahead. Default 2 MiB.</param>
    /// <param name="maxRecords">Records a partition may be ahead. Default 20,000.</param>
    public PacedProducer(KafkaClients clients, KafkaEgressOptions options, string topic, int partitions, long maxBytes = 2 * 1_024 * 1_024, int maxRecords = 20_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRecords, 1);
        _producer = clients.Producer(options, "writer");
        _partitions = [.. Enumerable.Range(0, partitions).Select(p => new TopicPartition(topic, p))];
        using var reader = clients.Reader("writer-start");
        _windows = [.. _partitions.Select(p =>
            new PartitionWindow(reader.QueryWatermarkOffsets(p, clients.Options.StartTimeout).High, maxBytes, maxRecords))];
        _delivered = report =>
        {
            if (report.Error.IsError)
                _failure = report.Error;
        };
    }

    /// <summary>Hands a message to the client, waiting while the partition's window is full.</summary>
    /// <param name="timestampMs">Milliseconds since the Unix epoch; 0 = now.</param>
    /// <exception cref="ProduceException{TKey, TValue}">This message, or one before it, cannot be produced.</exception>
    public async ValueTask Produce(
        int partition, byte[]? key, byte[]? value, RecordHeader[]? headers, long timestampMs, CancellationToken cancel = default)
    {
        var size = new InputRecord(0, 0, key, value, headers).Size;
        while (_windows[partition].TryTake(size) is { } room)
            await room.WaitAsync(cancel);
        var message = new Message<byte[]?, byte[]?>
        {
            Key = key,
            Value = value,
            Headers = KafkaMessages.Headers(headers),
            Timestamp = timestampMs == 0 ? Timestamp.Default : new Timestamp(timestampMs, TimestampType.CreateTime),
        };
        while (!TryProduce(partition, message))
            _producer.Poll(TimeSpan.FromMilliseconds(100));
    }

    /// <summary>Everything of the partition below <paramref name="next"/> has been read and needs not be kept.</summary>
    public void Completed(int partition, long next) => _windows[partition].Completed(next);

    /// <summary>Waits until everything is acknowledged.</summary>
    /// <exception cref="ProduceException{TKey, TValue}">A message could not be produced.</exception>
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
