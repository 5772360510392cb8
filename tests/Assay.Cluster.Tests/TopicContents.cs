using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Assay.Cluster.Tests;

/// <summary>A plain client of the broker: what Assay's users see, by none of Assay's own code.</summary>
internal static class TopicContents
{
    private const short BrokersOwn = -1;
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan QueueDrains = TimeSpan.FromMilliseconds(100);

    // The log's timestamps are old; a broker would delete it by age.
    private static readonly Dictionary<string, string> KeptForEver = new() { ["retention.ms"] = "-1" };

    public static async Task Create(string kafka, IEnumerable<string> topics, int partitions)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = kafka }).Build();
        await admin.CreateTopicsAsync(topics.Select(t => new TopicSpecification { Name = t, NumPartitions = partitions, ReplicationFactor = BrokersOwn, Configs = KeptForEver }));
    }

    public static void Fill(string kafka, string topic, KnownLog log) => Fill(kafka, topic, log.Messages());

    public static void Fill(string kafka, string topic, IEnumerable<(int Partition, byte[] Value)> messages)
    {
        using var producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = kafka, EnableIdempotence = true, LingerMs = 20 }).Build();
        foreach (var (partition, value) in messages)
            Produce(producer, new TopicPartition(topic, partition), new Message<Null, byte[]> { Value = value, Timestamp = new Timestamp(KnownLog.Time, TimestampType.CreateTime) });
        var left = producer.Flush(Answer);
        if (left > 0)
            throw new TimeoutException($"{left} messages to {topic} are not acknowledged.");
    }

    /// <summary>As fast as the broker takes them: a full queue of the client is waited for.</summary>
    private static void Produce(IProducer<Null, byte[]> producer, TopicPartition partition, Message<Null, byte[]> message)
    {
        while (true)
        {
            try
            {
                producer.Produce(partition, message);
                return;
            }
            catch (ProduceException<Null, byte[]> full) when (full.Error.Code == Confluent.Kafka.ErrorCode.Local_QueueFull)
            {
                producer.Flush(QueueDrains);
            }
        }
    }

    /// <summary>Messages in a topic by now.</summary>
    public static long Count(IConsumer<byte[], byte[]> consumer, string topic, int partitions) =>
        Enumerable.Range(0, partitions).Sum(p => consumer.QueryWatermarkOffsets(new TopicPartition(topic, p), Answer).High.Value);

    /// <summary>Everything that a topic holds by now.</summary>
    public static List<ConsumeResult<byte[], byte[]>> Read(string kafka, string topic, int partitions) => [.. Stream(kafka, topic, partitions)];

    /// <summary>As <see cref="Read"/>, one after the other.</summary>
    /// <param name="isolation">Whether messages of open and of aborted transactions are seen.</param>
    public static IEnumerable<ConsumeResult<byte[], byte[]>> Stream(string kafka, string topic, int partitions, IsolationLevel isolation = IsolationLevel.ReadCommitted)
    {
        using var consumer = Consumer(kafka, isolation);
        if (isolation == IsolationLevel.ReadCommitted)
            WaitForEnds(kafka, consumer, topic, partitions);
        consumer.Assign(Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        for (var left = partitions; left > 0;)
        {
            var message = consumer.Consume(Answer) ?? throw new TimeoutException($"{topic} holds messages that do not come.");
            if (message.IsPartitionEOF)
                left--;
            else
                yield return message;
        }
    }

    /// <summary>A transaction has ended for its producer before its end stands in each partition: until then a reader of what is committed stops before it.</summary>
    private static void WaitForEnds(string kafka, IConsumer<byte[], byte[]> committed, string topic, int partitions)
    {
        using var all = Consumer(kafka, IsolationLevel.ReadUncommitted);
        if (!SpinWait.SpinUntil(() => Count(committed, topic, partitions) == Count(all, topic, partitions), Answer))
            throw new TimeoutException($"{topic} holds a transaction that does not end.");
    }

    public static IConsumer<byte[], byte[]> Consumer(string kafka, IsolationLevel isolation = IsolationLevel.ReadCommitted) => new ConsumerBuilder<byte[], byte[]>(
        new ConsumerConfig
        {
            BootstrapServers = kafka,
            GroupId = "checker",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            IsolationLevel = isolation,
        }).Build();
}
