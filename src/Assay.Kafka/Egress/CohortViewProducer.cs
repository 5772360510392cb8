using System.Text;
using Assay.Contracts.Cohorts;
using Assay.Contracts.Ports;
using Assay.Contracts.Topics;
using Assay.Kafka.Clients;
using Assay.Kafka.Ingress;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assay.Kafka.Egress;

/// <summary>Publishes the views of cohorts, compressed, key dataset. A view that is too large for a message even so is refused, and the one before stays.</summary>
internal sealed class CohortViewProducer(
    KafkaClients clients,
    IOptions<KafkaEgressOptions> egress,
    IOptions<KafkaIngressOptions> ingress,
    IFlowObserver observer,
    TimeProvider time,
    ILogger<CohortViewProducer> log) : ICohortViewPublisher, IDisposable
{
    private readonly string _topic = new TopicNames(egress.Value.TopicPrefix).CohortViews;
    private readonly FaultCount _tooLarge = new(observer, "cohort-view-size");
    private readonly SteadyProducer _producer = new(
        clients, egress.Value, "cohort-views", alone: true, new RetryClock(time, ingress.Value.RetryMin, ingress.Value.RetryMax), observer, time, log);

    public async Task<bool> Publish(CohortView view, CancellationToken cancellation)
    {
        var message = new Message<byte[]?, byte[]?> { Key = Encoding.UTF8.GetBytes(view.Dataset), Value = CohortViewCodec.Write(view) };
        var taken = await _producer.Deliver(
            new TopicPartition(_topic, Partition.Any), message, error => $"Topic {_topic} does not take views, they are published again until it does: {error.Reason}", cancellation, TooLarge);
        if (taken)
        {
            _tooLarge.Passed(failed: false);
            return true;
        }

        _tooLarge.Failing($"The view of dataset {view.Dataset} has {message.Value.Length} bytes, which topic {_topic} refuses; the view before stays in use. Raise the topic's max.message.bytes, and Kafka:Egress:MaxMessageBytes.");
        _tooLarge.GivenUp();
        return false;
    }

    /// <inheritdoc cref="SteadyProducer.Dispose"/>
    public void Dispose() => _producer.Dispose();

    private static bool TooLarge(Error error) => error.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge;
}
