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
internal sealed partial class TrustProducer : ITrustPublisher, IDisposable
{
    private const string Area = "trust";
    private readonly KafkaClients _clients;
    private readonly KafkaEgressOptions _options;
    private readonly TopicNames _names;
    private readonly TrustSigner _signer;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly RetryClock _retry;
    private readonly FaultCount _faults;
    private readonly SemaphoreSlim _renewing = new(1);
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _lock = new();
    private volatile TrustClient _client;

    public TrustProducer(
        KafkaClients clients,
        IOptions<KafkaEgressOptions> egress,
        IOptions<KafkaIngressOptions> ingress,
        TrustSigner signer,
        IFlowObserver observer,
        TimeProvider time,
        ILogger<TrustProducer> log)
    {
        _clients = clients;
        _options = egress.Value;
        _names = new TopicNames(_options.TopicPrefix);
        _signer = signer;
        _time = time;
        _log = log;
        _retry = new RetryClock(time, ingress.Value.RetryMin, ingress.Value.RetryMax);
        _faults = new FaultCount(observer, Area);
        _client = new TrustClient(clients, _options);
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
    public void Dispose()
    {
        _stopped.Cancel();
        lock (_lock)
            _client.Dispose();
    }

    private async Task Deliver(TopicPartition target, SignedMessage message, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopped.Token);
        var failing = false;
        try
        {
            while (await Attempt(target, message, stop.Token) is { } error)
            {
                if (!failing && error.Code != ErrorCode.Local_QueueFull)
                {
                    failing = true;
                    if (_faults.Failing(Describe(target.Topic, message, error)))
                        LogFailing(target.Topic, error.Code, error.Reason);
                }

                _retry.Failed();
                await Task.Delay(_retry.Wait, _time, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            if (failing)
                _faults.GivenUp();
            throw;
        }

        _retry.Worked();
        _faults.Passed(failing);
        _clients.Health.Working();
    }

    /// <returns>Why the message is not acknowledged; null where it is.</returns>
    private async Task<Error?> Attempt(TopicPartition target, SignedMessage message, CancellationToken stop)
    {
        while (true)
        {
            var client = _client;
            try
            {
                await client.Produce(target, Record(message), stop);
                return null;
            }
            catch (KafkaException e)
            {
                if (client.Broken)
                    await Renew(client, stop);
                return e.Error;
            }
            catch (OperationCanceledException) when (client.Over && !stop.IsCancellationRequested)
            {
                // The acknowledgement went with the client: the message is produced again, by the new one.
            }
        }
    }

    /// <summary>A fatal error ends an idempotent producer. The old one is gone before the new one is used, or an old message could follow a new one.</summary>
    private async Task Renew(TrustClient broken, CancellationToken stop)
    {
        await _renewing.WaitAsync(stop);
        try
        {
            if (_client != broken)
                return;
            LogRenewed();
            await Task.Run(Replace, CancellationToken.None);
        }
        finally
        {
            _renewing.Release();
        }
    }

    private void Replace()
    {
        lock (_lock)
        {
            _client.Dispose();
            if (!_stopped.IsCancellationRequested)
                _client = new TrustClient(_clients, _options);
        }
    }

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
