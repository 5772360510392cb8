using Assay.Contracts.Ports;
using Assay.Contracts.Signing;
using Assay.Contracts.Trust;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Ingress;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assay.Kafka.Tests.Support;

/// <summary>The publisher as the program registers it.</summary>
internal sealed class TestPublisher : IDisposable
{
    private readonly ServiceProvider _services;

    public TestPublisher(TestBroker broker, Action<KafkaEgressOptions>? egress = null)
    {
        _services = new ServiceCollection()
            .AddSingleton<IFlowObserver>(Log)
            .AddSingleton<TrustSigner>(Signer)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddAssayKafka()
            .Configure<KafkaOptions>(o => o.BootstrapServers = broker.BootstrapServers)
            .Configure<KafkaIngressOptions>(o =>
            {
                o.Topics.Add(broker.Input);
                o.RetryMin = TimeSpan.FromMilliseconds(20);
                o.RetryMax = TimeSpan.FromMilliseconds(200);
            })
            .Configure<KafkaEgressOptions>(o =>
            {
                o.TopicPrefix = broker.Run;
                egress?.Invoke(o);
            })
            .BuildServiceProvider();
        Publisher = _services.GetRequiredService<ITrustPublisher>();
    }

    public ITrustPublisher Publisher { get; }

    public ICohortViewPublisher Views => _services.GetRequiredService<ICohortViewPublisher>();

    public FlowLog Log { get; } = new();

    public TestSigner Signer { get; } = new();

    public KafkaClients Clients => _services.GetRequiredService<KafkaClients>();

    public static Decision Decision(string identity, long epoch = 1, string? source = null) => new()
    {
        Identity = identity,
        Source = source,
        Standing = Standing.Quarantined,
        Epoch = epoch,
        Reason = "15 records, 1.9 expected",
        Evidence = new DecisionEvidence(1, 2),
    };

    public static Recall Recall(string identity) => new()
    {
        Identity = identity,
        Epoch = 1,
        From = "a",
        To = "b",
        Records = 2,
        Ranges = [new RecallRange("ingest", 0, 5, 9)],
    };

    public void Dispose() => _services.Dispose();
}
