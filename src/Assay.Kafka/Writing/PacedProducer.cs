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
    private readonly TopicWriter _writer;
    private readonly PartitionWindow[] _windows;

    /// <param name="partitions">Of the topic, 1 or more.</param>
    /// <param name="maxBytes">Uncompressed bytes a partition may be ahead. Default 2 MiB.</param>
    /// <param name="maxRecords">Records a partition may be ahead. Default 20,000.</param>
    public PacedProducer(KafkaClients clients, KafkaEgressOptions options, string topic, int partitions, long maxBytes = 2 * 1_024 * 1_024, int maxRecords = 20_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRecords, 1);
        _writer = new TopicWriter(clients, options, topic, partitions);
        _windows = [.. _writer.Starts.Select(start => new PartitionWindow(start, maxBytes, maxRecords))];
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
        _writer.Write(partition, key, value, headers, timestampMs, cancel);
    }

    /// <summary>Everything of the partition below <paramref name="next"/> has been read and needs not be kept.</summary>
    public void Completed(int partition, long next) => _windows[partition].Completed(next);

    /// <summary>Waits until everything is acknowledged.</summary>
    /// <exception cref="ProduceException{TKey, TValue}">A message could not be produced.</exception>
    public void Flush(CancellationToken cancel = default) => _writer.Flush(cancel);

    public void Dispose() => _writer.Dispose();
}
