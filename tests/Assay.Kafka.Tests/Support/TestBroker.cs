using Assay.Contracts.Topics;
using Assay.Kafka.Embedded;
using Assay.Kafka.Topics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Assay.Kafka.Tests.Support;

/// <summary>The embedded broker, or the one at ASSAY_TEST_KAFKA.</summary>
public sealed class TestBroker : IDisposable
{
    private static int s_count;
    private readonly EmbeddedKafka? _embedded;

    public TestBroker(bool real)
    {
        // Topics outlive a run on a real broker.
        Run = $"t{Environment.ProcessId}-{TimeProvider.System.GetTimestamp() % 1_000_000_000}-{Interlocked.Increment(ref s_count)}";
        if (real)
        {
            BootstrapServers = Environment.GetEnvironmentVariable("ASSAY_TEST_KAFKA") ?? "";
            Assert.SkipWhen(BootstrapServers.Length == 0, "ASSAY_TEST_KAFKA is not set: no real Kafka to test against.");
        }
        else
        {
            _embedded = new EmbeddedKafka();
            BootstrapServers = _embedded.BootstrapServers;
        }
    }

    public string BootstrapServers { get; }

    public bool Real => _embedded is null;

    /// <summary>Unlike any other test's.</summary>
    public string Run { get; }

    public string Input => $"{Run}.input";

    public TopicNames Names => new(Run);

    public EmbeddedKafka Embedded => _embedded ?? throw new InvalidOperationException("Only the embedded broker can be made to fail.");

    /// <summary>Input and outputs.</summary>
    public async Task CreateTopics(int partitions)
    {
        await CreateTopic(Input, partitions);
        foreach (var spec in TopicSpec.Outputs(Names, partitions, partitions))
            await CreateTopic(spec.Name, spec.Partitions);
    }

    public async Task CreateTopic(string name, int partitions, Dictionary<string, string>? configs = null)
    {
        if (_embedded is not null)
        {
            _embedded.CreateTopic(name, partitions);
            return;
        }

        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = name, NumPartitions = partitions, ReplicationFactor = 1, Configs = configs }]);
    }

    /// <summary>Everything that the topic holds, by partition and offset.</summary>
    public List<ConsumeResult<byte[]?, byte[]?>> Read(string topic)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig
        {
            BootstrapServers = BootstrapServers,
            GroupId = "check",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Error,
            FetchWaitMaxMs = 10,
        }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var count = admin.GetMetadata(TimeSpan.FromSeconds(20)).Topics.Single(t => t.Topic == topic).Partitions.Count;
        consumer.Assign(Enumerable.Range(0, count).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        var result = new List<ConsumeResult<byte[]?, byte[]?>>();
        for (var open = count; open > 0;)
        {
            var message = consumer.Consume(TimeSpan.FromSeconds(20)) ?? throw new TimeoutException($"{topic} could not be read.");
            if (message.IsPartitionEOF)
                open--;
            else
                result.Add(message);
        }

        return result;
    }

    public long Committed(string group, int partition)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig { BootstrapServers = BootstrapServers, GroupId = group }).Build();
        return consumer.Committed([new TopicPartition(Input, partition)], TimeSpan.FromSeconds(20))[0].Offset.Value;
    }

    /// <summary>Commits as a member of the group that owns the partition would.</summary>
    public void Commit(string group, int partition, long offset)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig { BootstrapServers = BootstrapServers, GroupId = group }).Build();
        consumer.Commit([new TopicPartitionOffset(Input, partition, offset)]);
    }

    public void Dispose() => _embedded?.Dispose();
}
