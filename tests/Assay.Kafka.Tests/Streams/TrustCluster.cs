using Assay.Contracts.Ports;
using Assay.Contracts.Trust;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Streams;
using Assay.Kafka.Tests.Support;
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
