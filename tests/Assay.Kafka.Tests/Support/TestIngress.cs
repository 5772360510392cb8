using Assay.Contracts.Ports;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Ingress;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assay.Kafka.Tests.Support;

/// <summary>One silo's ingress over fake grains, hosted as the program hosts it but without a silo.</summary>
internal sealed class TestIngress : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IngressService _service;
    private bool _stopped;

    private TestIngress(
        TestBroker broker, FakeShards shards, FlowLog log, IngressSwitches switches, Action<KafkaIngressOptions>? ingress, Action<KafkaEgressOptions>? egress, IPartitionMarks? marks,
        Action<KafkaOptions>? kafka)
    {
        _services = new ServiceCollection()
            .AddSingleton<ISourceShards>(shards)
            .AddSingleton(marks ?? new MemoryPartitionMarks())
            .AddSingleton<IFlowObserver>(log)
            .AddSingleton<IRecordReaderFactory>(new KeyRouting())
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddAssayKafka()
            .Configure<KafkaOptions>(o =>
            {
                o.BootstrapServers = broker.BootstrapServers;
                kafka?.Invoke(o);
            })
            .Configure<KafkaIngressOptions>(o =>
            {
                o.Topics.Add(broker.Input);
                o.Group = broker.Run;
                o.CheckpointInterval = TimeSpan.FromMilliseconds(200);
                o.CommitInterval = TimeSpan.FromMilliseconds(50);
                o.SessionTimeout = TimeSpan.FromSeconds(broker.Real ? 6 : 2);
                o.RetryMin = TimeSpan.FromMilliseconds(20);
                o.RetryMax = TimeSpan.FromMilliseconds(500);
                ingress?.Invoke(o);
            })
            .Configure<KafkaEgressOptions>(o =>
            {
                o.TopicPrefix = broker.Run;
                egress?.Invoke(o);
            })
            .BuildServiceProvider();
        _service = _services.GetRequiredService<IngressService>();
        _service.Switches = switches;
        Log = log;
        Switches = switches;
    }

    public FlowLog Log { get; }

    public IngressSwitches Switches { get; }

    /// <inheritdoc cref="IngressService.Refusal"/>
    public Task<KafkaSetupException> Refusal => _service.Refusal;

    public KafkaClients Clients => _services.GetRequiredService<KafkaClients>();

    public static async Task<TestIngress> Start(
        TestBroker broker, FakeShards shards, IngressSwitches? switches = null, Action<KafkaIngressOptions>? ingress = null, Action<KafkaEgressOptions>? egress = null,
        IPartitionMarks? marks = null, Action<KafkaOptions>? kafka = null)
    {
        var result = new TestIngress(broker, shards, new FlowLog(), switches ?? new IngressSwitches(), ingress, egress, marks, kafka);
        try
        {
            await result._service.Start(CancellationToken.None);
        }
        catch
        {
            result._stopped = true;
            await result.DisposeAsync();
            throw;
        }

        return result;
    }

    public async Task Stop()
    {
        _stopped = true;
        await _service.Stop(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>As kill -9: nothing is drained, saved or committed.</summary>
    public async Task Kill()
    {
        Switches.Abandon = true;
        await Stop();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
            await Stop();
        await _services.DisposeAsync();
    }
}
