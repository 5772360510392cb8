using System.Text;
using Assay.Contracts.Ports;
using Assay.Contracts.Signing;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Contracts.Wire;
using Assay.Kafka.Clients;
using Assay.Kafka.Ingress;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assay.Kafka.Egress;

/// <summary>Signs and publishes what Assay decides, through an idempotent producer of its own. Nothing is given up but by the caller.</summary>
internal sealed class TrustProducer : ITrustPublisher, IDisposable
{
    private readonly SteadyProducer _producer;
    private readonly TopicNames _names;
    private readonly TrustSigner _signer;

    public TrustProducer(
        KafkaClients clients,
        IOptions<KafkaEgressOptions> egress,
        IOptions<KafkaIngressOptions> ingress,
        TrustSigner signer,
        IFlowObserver observer,
        TimeProvider time,
        ILogger<TrustProducer> log)
    {
        _names = new TopicNames(egress.Value.TopicPrefix);
        _signer = signer;
        _producer = new SteadyProducer(
            clients, egress.Value, "trust", alone: false, new RetryClock(time, ingress.Value.RetryMin, ingress.Value.RetryMax), observer, time, log);
    }

    public Task Publish(Decision decision, CancellationToken cancellation)
    {
        var message = SignedMessage.Of(decision, _signer);
        return Task.WhenAll(
            Deliver(new TopicPartition(_names.TrustDecisions, Partition.Any), message, cancellation),
            Deliver(new TopicPartition(_names.TrustLog, Partition.Any), message, cancellation));
    }

    public Task Publish(Recall recall, CancellationToken cancellation) =>
        Deliver(new TopicPartition(_names.Recalls, Partition.Any), SignedMessage.Of(recall, _signer), cancellation);

    public Task Publish(TrustHeartbeat heartbeat, CancellationToken cancellation) =>
        Deliver(new TopicPartition(_names.TrustDecisions, heartbeat.Partition), SignedMessage.Of(heartbeat, _signer), cancellation);

    /// <summary>Whoever still waits is told that the program stops.</summary>
    public void Dispose() => _producer.Dispose();

    private Task Deliver(TopicPartition target, SignedMessage message, CancellationToken cancellation) =>
        _producer.Deliver(target, Record(message), error => Describe(target.Topic, message, error), cancellation);

    private static Message<byte[]?, byte[]?> Record(SignedMessage message) => new()
    {
        Key = Encoding.UTF8.GetBytes(message.Key),
        Value = message.Value,
        Headers = new Headers { { HeaderNames.ContentType, CloudEvent.ContentTypeHeader }, { HeaderNames.Dsse, message.Signature } },
    };

    private static string Describe(string topic, SignedMessage message, Error error) => error.Code switch
    {
        ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge =>
            $"Topic {topic} refuses a message of {message.Value.Length} bytes; it is tried until it passes. Raise the topic's max.message.bytes, and Kafka:Egress:MaxMessageBytes.",
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition =>
            $"Topic {topic} does not exist or lacks a partition, and nothing is decided until it does: 'assay topics create' makes the output topics.",
        _ => $"Topic {topic} does not take decisions, they are published again until it does: {error.Reason}",
    };
}
