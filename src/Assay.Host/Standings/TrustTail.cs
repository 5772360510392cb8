using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Contracts.Topics;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Reading;
using Assay.Kafka.Topics;
using Microsoft.Extensions.Options;

namespace Assay.Host.Standings;

/// <summary>
/// Keeps this silo's standings as the trust topics have them. A start completes when everything that stood on them has been applied, and comes before
/// the silo owns a partition of any input: nothing is judged without what was decided.
/// </summary>
internal sealed class TrustTail(
    TrustReader reader, CohortViewReader views, KafkaClients clients, TopicAdmin admin, IOptions<KafkaEgressOptions> egress, IFlowObserver observer)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private TopicTail? _tail;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(TrustTail), ServiceLifecycleStage.ApplicationServices, Start, Stop);

    public async Task Start(CancellationToken cancellation)
    {
        var names = new TopicNames(egress.Value.TopicPrefix);
        var partitions = await Task.Run(admin.Partitions, CancellationToken.None).WaitAsync(cancellation);
        var topics = new[] { names.TrustDecisions, names.Recalls, names.CohortViews }.Select(t => KeyValuePair.Create(t, partitions.GetValueOrDefault(t)));
        reader.Begin(partitions.GetValueOrDefault(names.TrustDecisions));
        _tail = new TopicTail(clients, topics, fromEnd: false, (topic, partition, message) => Read(names, topic, partition, message));
        await _tail.CaughtUp.WaitAsync(cancellation);
    }

    public Task Stop(CancellationToken cancellation) => Task.Run(Dispose, CancellationToken.None).WaitAsync(cancellation);

    public void Dispose() => Interlocked.Exchange(ref _tail, null)?.Dispose();

    private void Read(TopicNames names, string topic, int partition, InputRecord message)
    {
        try
        {
            if (topic == names.CohortViews)
                views.Read(topic, partition, message);
            else
                reader.Read(topic, partition, message);
        }
        catch (Exception e)
        {
            // One message must not end the tail: the silo would act on what it knew before for ever.
            observer.Fault("trust-messages", $"{topic}/{partition} offset {message.Offset} cannot be applied: {e.Message}");
        }
    }
}
