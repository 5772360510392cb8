using Assay.Contracts.Ports;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Streams;
using Assay.Kafka.Tests.Support;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Assay.Kafka.Tests.Streams;

/// <summary>Silos in this process that fan out what stands on the broker's trust topics.</summary>
internal sealed class TrustCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _silos;

    private TrustCluster(InProcessTestCluster silos) => _silos = silos;

    public InProcessTestCluster Silos => _silos;

    public static async Task<TrustCluster> Start(
        TestBroker broker, Deliveries deliveries, SharedStorage storage, FlowLog flow, int silos = 2, Action<TrustStreamOptions>? configure = null)
    {
        var options = new TrustStreamOptions
        {
            DeliveryTime = TimeSpan.FromMinutes(1),
            PollInterval = TimeSpan.FromMilliseconds(20),
            CheckpointInterval = TimeSpan.FromMilliseconds(100),
        };
        configure?.Invoke(options);
        var builder = new InProcessTestClusterBuilder((short)silos);
        // Checkpoints belong to a service; each start makes a new cluster of it.
        builder.Options.ServiceId = "assay-test";
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services
                .AddSingleton(deliveries)
                .AddSingleton<IFlowObserver>(flow)
                .AddSingleton(Options.Create(new KafkaOptions { BootstrapServers = broker.BootstrapServers, StartTimeout = TimeSpan.FromSeconds(10) }))
                .AddSingleton(Options.Create(new KafkaEgressOptions { TopicPrefix = broker.Names.Prefix }))
                .AddSingleton(Options.Create(options))
                .AddKeyedSingleton<IGrainStorage>(TrustStreams.Provider, storage)
                .AddAssayKafkaClients();
            silo.AddAssayTrustStreams();
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TrustCluster(cluster);
    }

    public async ValueTask DisposeAsync()
    {
        await _silos.StopAllSilosAsync();
        await _silos.DisposeAsync();
    }
}

/// <summary>Writes the trust topics as the publisher would.</summary>
internal sealed class TrustTopicsWriter(TestBroker broker) : IDisposable
{
    private readonly IProducer<string, byte[]> _producer = new ProducerBuilder<string, byte[]>(
        new ProducerConfig { BootstrapServers = broker.BootstrapServers, EnableIdempotence = true, Partitioner = Partitioner.Murmur2Random }).Build();

    private readonly TopicNames _names = broker.Names;

    /// <summary>Decisions about <paramref name="identities"/> identities in turn, with epochs that count up from <paramref name="from"/>.</summary>
    public async Task Decisions(int count, int identities = 20, int from = 0)
    {
        for (var i = from; i < from + count; i++)
            await Decision($"writer-{i % identities}", 1 + (i / identities));
    }

    public Task<DeliveryResult<string, byte[]>> Decision(string identity, long epoch, int? partition = null) =>
        Raw(_names.TrustLog, identity, TrustCodec.Write(Make(identity, epoch)), partition);

    public Task<DeliveryResult<string, byte[]>> Recall(string identity, long epoch) => Raw(_names.Recalls, identity, TrustCodec.Write(new Recall
    {
        Identity = identity,
        Epoch = epoch,
        From = "in/0/1",
        To = "in/0/9",
        Records = 9,
        Ranges = [new RecallRange("in", 0, 1, 9)],
    }));

    public Task<DeliveryResult<string, byte[]>> Raw(string topic, string key, byte[] value, int? partition = null)
    {
        var message = new Message<string, byte[]> { Key = key, Value = value };
        return partition is { } p ? _producer.ProduceAsync(new TopicPartition(topic, p), message) : _producer.ProduceAsync(topic, message);
    }

    public void Dispose() => _producer.Dispose();

    private static Decision Make(string identity, long epoch) => new()
    {
        Identity = identity,
        Standing = Standing.Watched,
        Epoch = epoch,
        Reason = "15 labels turned, 1.9 expected",
        Evidence = new DecisionEvidence(10, 100_000),
    };
}
