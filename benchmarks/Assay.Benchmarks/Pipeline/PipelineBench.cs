using System.Text;
using Assay.Contracts.Records;
using Assay.Contracts.Topics;
using Assay.Host.Hosting;
using Assay.Host.Redis;
using Assay.Host.Replay;
using Assay.Host.Settings;
using Assay.Kafka.Clients;
using Assay.Mapping;
using Assay.Mapping.Profiles;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using ErrorCode = Confluent.Kafka.ErrorCode;
using Record = Assay.Contracts.Records.Record;

namespace Assay.Benchmarks.Pipeline;

/// <summary>One filled input topic and the passes over it.</summary>
internal sealed class PipelineBench(string bootstrap, int records, int sources)
{
    private const int Partitions = 4;
    private static readonly string Run = $"bench-{Environment.ProcessId}";
    private readonly string _topic = $"{Run}-in";

    public async Task Fill(CancellationToken cancel)
    {
        await CreateTopics([_topic, $"{Run}-copy"], Partitions);
        using var producer = Producer();
        var rows = new SyntheticRows(sources, seed: 1);
        for (var i = 0; i < records; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var (key, value) = rows.Next();
            Produce(producer, new TopicPartition(_topic, RowDealer.Partition(key, Partitions)), new Message<byte[], byte[]> { Key = key, Value = value });
        }

        producer.Flush(cancel);
    }

    /// <summary>Consume, parse with the reader that Assay uses, produce a copy; one thread, as a plain client would.</summary>
    public Measure Bare()
    {
        using var producer = Producer();
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrap,
            GroupId = $"{Run}-bare",
            EnableAutoCommit = false,
        }).Build();
        var registry = Registry();
        var reader = registry.CreateReader(_topic, 0);
        var record = new Record();
        consumer.Assign(Enumerable.Range(0, Partitions).Select(p => new TopicPartitionOffset(_topic, p, Offset.Beginning)));
        var acknowledged = 0;
        var meter = new Meter();
        for (var i = 0; i < records; i++)
        {
            var result = consumer.Consume(TimeSpan.FromSeconds(30)) ?? throw new InvalidOperationException($"The topic ended after {i} records.");
            record.Clear();
            if (!reader.TryRead(new InputRecord(result.Offset.Value, result.Message.Timestamp.UnixTimestampMs, result.Message.Key, result.Message.Value, null), record, out var failure))
                throw new InvalidOperationException(failure.Reason);
            Produce(producer, new TopicPartition($"{Run}-copy", result.Partition), new Message<byte[], byte[]> { Key = result.Message.Key, Value = result.Message.Value }, _ => Interlocked.Increment(ref acknowledged));
        }

        producer.Flush();
        var measure = meter.End(records);
        return acknowledged == records ? measure : throw new InvalidOperationException($"{acknowledged} of {records} copies were acknowledged.");
    }

    /// <summary>A silo of its own with its own group and outputs, from start to the last acknowledged verdict, or the last committed one.</summary>
    /// <param name="redis">Where state is kept; null = in memory.</param>
    public async Task<(Measure Measure, IReadOnlyList<MemorySample> Memory)> Assay(int round, string? redis, DeliveryGuarantee delivery, CancellationToken cancel)
    {
        var prefix = $"{Run}-{round}-{delivery}";
        await CreateTopics(new TopicNames(prefix).All, Partitions);
        string[] state = redis is null ? [] :
            [$"Redis:Endpoints={redis}", $"Cluster:ServiceId={prefix}", "Cluster:SiloPort=0", "Cluster:GatewayPort=0", "Cluster:AdvertisedAddress=127.0.0.1"];
        var settings = AssaySettings.Load(null,
        [
            $"Kafka:BootstrapServers={bootstrap}", $"Kafka:Ingress:Group={prefix}", $"Kafka:Egress:TopicPrefix={prefix}", "Kafka:Egress:Compression=none", $"Kafka:Delivery={delivery}", .. state,
        ]);
        var counter = new VerdictCounter(records);
        await using var connection = settings.Redis is { } options ? await RedisConnection.Connect(options, settings.Cluster) : null;
        using var host = SiloHost.Build(
            settings, settings.Kafka(), settings.Ingress([_topic], durable: connection is not null), Registry(), counter, LogRouting.ToStandardError, connection, live: true);
        var meter = new Meter();
        await host.StartAsync(cancel);
        await counter.Done.WaitAsync(cancel);
        var measure = meter.End(records);
        await host.StopAsync(cancel);
        return (measure, counter.Memory);
    }

    private ProfileRegistry Registry()
    {
        var registry = new ProfileRegistry();
        registry.Add(_topic, Profile.Parse(Encoding.UTF8.GetBytes(SyntheticRows.Profile)));
        return registry;
    }

    private IProducer<byte[], byte[]> Producer() => new ProducerBuilder<byte[], byte[]>(new ProducerConfig
    {
        BootstrapServers = bootstrap,
        EnableIdempotence = true,
        LingerMs = 5,
        QueueBufferingMaxKbytes = 128 * 1_024,
        DeliveryReportFields = "status",
    }).Build();

    private static void Produce(IProducer<byte[], byte[]> producer, TopicPartition partition, Message<byte[], byte[]> message, Action<DeliveryReport<byte[], byte[]>>? report = null)
    {
        while (true)
        {
            try
            {
                producer.Produce(partition, message, report);
                return;
            }
            catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Poll(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    private async Task CreateTopics(IEnumerable<string> names, int partitions)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrap }).Build();
        await admin.CreateTopicsAsync(names.Select(n => new TopicSpecification { Name = n, NumPartitions = partitions, ReplicationFactor = 1 }));
    }
}
