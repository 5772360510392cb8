using Assay.Contracts.Records;
using Assay.Kafka.Clients;
using Confluent.Kafka;

namespace Assay.Kafka.Streams;

/// <summary>
/// The silo's one consumer for all partitions that its agents read, outside any group: Orleans says who reads what. Whoever takes messages polls for
/// all; a partition whose messages are not taken is paused. Safe for several threads.
/// </summary>
internal sealed class TopicFeed(KafkaClients clients) : IDisposable
{
    private const int MaxBuffered = 1_000;
    private const int MaxPolled = 2_000;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);
    private readonly Dictionary<TopicPartition, Buffer> _buffers = [];
    private readonly Lock _lock = new();
    private readonly Lazy<IConsumer<byte[]?, byte[]?>> _consumer = new(() => clients.Reader("streams"));

    /// <summary>The oldest offset kept and the next to be written. Blocks until a broker answers.</summary>
    /// <exception cref="KafkaException">None answered in time, or the partition does not exist.</exception>
    public WatermarkOffsets Ends(TopicPartition source) => _consumer.Value.QueryWatermarkOffsets(source, AnswerTime);

    public void Open(TopicPartition source, long offset)
    {
        lock (_lock)
        {
            _buffers.Add(source, new Buffer());
            _consumer.Value.IncrementalAssign([new TopicPartitionOffset(source, offset)]);
        }
    }

    public void Close(TopicPartition source)
    {
        lock (_lock)
        {
            if (_buffers.Remove(source))
                _consumer.Value.IncrementalUnassign([source]);
        }
    }

    /// <summary>Up to <paramref name="count"/> messages that have arrived, in offset order. Waits for none.</summary>
    public List<InputRecord> Take(TopicPartition source, int count)
    {
        lock (_lock)
        {
            Poll();
            var buffer = _buffers[source];
            var taken = new List<InputRecord>();
            while (taken.Count < count && buffer.Messages.TryDequeue(out var message))
                taken.Add(message);
            if (buffer.Paused && buffer.Messages.Count < MaxBuffered / 2)
            {
                buffer.Paused = false;
                _consumer.Value.Resume([source]);
            }

            return taken;
        }
    }

    public void Dispose()
    {
        if (!_consumer.IsValueCreated)
            return;
        _consumer.Value.Close();
        _consumer.Value.Dispose();
    }

    private void Poll()
    {
        for (var i = 0; i < MaxPolled && Next() is { } result; i++)
        {
            clients.Health.Working();
            if (result.IsPartitionEOF || !_buffers.TryGetValue(result.TopicPartition, out var buffer))
                continue;
            buffer.Messages.Enqueue(KafkaMessages.ToRecord(result));
            if (!buffer.Paused && buffer.Messages.Count >= MaxBuffered)
            {
                buffer.Paused = true;
                _consumer.Value.Pause([result.TopicPartition]);
            }
        }
    }

    private ConsumeResult<byte[]?, byte[]?>? Next()
    {
        try
        {
            return _consumer.Value.Consume(TimeSpan.Zero);
        }
        catch (ConsumeException e) when (!e.Error.IsFatal)
        {
            // The client retries by itself; its error handler has told the observer.
            return null;
        }
    }

    private sealed class Buffer
    {
        public Queue<InputRecord> Messages { get; } = new();

        public bool Paused { get; set; }
    }
}
