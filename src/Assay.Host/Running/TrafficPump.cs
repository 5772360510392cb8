using Assay.Contracts.Ports;
using Assay.Contracts.Verdicts;
using Assay.Host.Live;
using Assay.Host.Replay;
using Assay.Host.Traffic;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Writing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Assay.Host.Running;

/// <summary>
/// Produces generated traffic at a steady rate, never further ahead of what is committed than the embedded broker keeps: a message that
/// may still be read again is still there.
/// </summary>
internal sealed class TrafficPump(TrafficGenerator generator, AttackTally attacks, TrafficRequest request, int partitions) : FlowObserver
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private Dictionary<string, PacedProducer>? _producers;
    private long _judged;

    public async Task Run(IServiceProvider services, CancellationToken stop)
    {
        var clients = services.GetRequiredService<KafkaClients>();
        var egress = services.GetRequiredService<IOptions<KafkaEgressOptions>>().Value;
        var producers = TrafficTopics.All.ToDictionary(t => t, t => new PacedProducer(clients, egress, t, partitions));
        _producers = producers;
        try
        {
            await Produce(producers, stop);
            foreach (var producer in producers.Values)
                producer.Flush(CancellationToken.None);
            await Settled(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            foreach (var producer in producers.Values)
                producer.Dispose();
        }
    }

    public override void Judged(string topic, int partition, string source, IReadOnlyList<Verdict> verdicts) => Interlocked.Add(ref _judged, verdicts.Count);

    public override void Progress(string topic, int partition, long position, long committed, long end)
    {
        if (committed > 0 && _producers?.GetValueOrDefault(topic) is { } producer)
            producer.Completed(partition, committed);
    }

    private Task Produce(Dictionary<string, PacedProducer> producers, CancellationToken stop) => TrafficPace.Run(generator, request, message =>
    {
        attacks.Sent(message);
        return producers[message.Topic].Produce(
            RowDealer.Partition(message.Key, partitions), message.Key, message.Value, message.Headers, message.EventTime.ToUnixTimeMilliseconds(), stop);
    }, stop);

    private async Task Settled(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Tick);
        while (Interlocked.Read(ref _judged) < generator.Produced)
            await timer.WaitForNextTickAsync(stop);
    }
}
