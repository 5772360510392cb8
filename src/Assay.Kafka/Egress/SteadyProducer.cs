using Assay.Contracts.Ports;
using Assay.Kafka.Clients;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Egress;

/// <summary>
/// An idempotent producer for messages that matter one by one: each is awaited until Kafka has acknowledged it, and tried for ever. Safe for several
/// callers.
/// </summary>
internal sealed partial class SteadyProducer : IDisposable
{
    private readonly KafkaClients _clients;
    private readonly Func<ProducerClient> _connect;
    private readonly string _area;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly RetryClock _retry;
    private readonly FaultCount _faults;
    private readonly SemaphoreSlim _renewing = new(1);
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _lock = new();
    private volatile ProducerClient _client;

    /// <param name="area">What the observer is told about, and the client's role.</param>
    /// <param name="alone">One message a request, so that "too large" is about that message and no other.</param>
    public SteadyProducer(
        KafkaClients clients, KafkaEgressOptions options, string area, bool alone, RetryClock retry, IFlowObserver observer, TimeProvider time, ILogger log)
    {
        _clients = clients;
        _connect = () => new ProducerClient(clients, options, area, alone);
        _area = area;
        _time = time;
        _log = log;
        _retry = retry;
        _faults = new FaultCount(observer, area);
        _client = _connect();
    }

    /// <summary>Whoever still waits is told that the program stops.</summary>
    public void Dispose()
    {
        _stopped.Cancel();
        lock (_lock)
            _client.Dispose();
    }

    /// <param name="describe">What the observer is told when the message fails.</param>
    /// <param name="refused">True for an error that trying again would not mend; null where there is none.</param>
    /// <returns>False where the message was refused.</returns>
    /// <exception cref="OperationCanceledException">The caller waits no longer, or the program stops.</exception>
    public async Task<bool> Deliver(
        TopicPartition target, Message<byte[]?, byte[]?> message, Func<Error, string> describe, CancellationToken cancellation, Func<Error, bool>? refused = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopped.Token);
        var failing = false;
        try
        {
            while (await Attempt(target, message, stop.Token) is { } error)
            {
                if (refused?.Invoke(error) == true)
                {
                    if (failing)
                        _faults.GivenUp();
                    return false;
                }

                if (!failing && error.Code != ErrorCode.Local_QueueFull)
                {
                    failing = true;
                    if (_faults.Failing(describe(error)))
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
        return true;
    }

    /// <returns>Why the message is not acknowledged; null where it is.</returns>
    private async Task<Error?> Attempt(TopicPartition target, Message<byte[]?, byte[]?> message, CancellationToken stop)
    {
        while (true)
        {
            var client = _client;
            try
            {
                await client.Produce(target, message, stop);
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
    private async Task Renew(ProducerClient broken, CancellationToken stop)
    {
        await _renewing.WaitAsync(stop);
        try
        {
            if (_client != broken)
                return;
            LogRenewed(_area);
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
                _client = _connect();
        }
    }
}
