using System.Collections.Concurrent;
using Assay.Contracts.Ports;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Clients;
using Assay.Kafka.Offsets;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Egress;

/// <summary>At least once: nothing is ever given up. What fails is produced again, what is too large becomes a dead letter.</summary>
internal sealed partial class EgressProducer : OutputProducer
{
    private const string Area = "outputs";
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(5);
    private readonly IFlowObserver _observer;
    private readonly ILogger _log;
    private readonly RetryClock _retry;
    private readonly ConcurrentQueue<Delivery> _failed = new();
    private IProducer<byte[]?, byte[]?> _producer;
    private IProducer<byte[]?, byte[]?>? _alone;
    private volatile bool _broken;
    private int _failing;

    public EgressProducer(KafkaClients clients, KafkaEgressOptions options, RetryClock retry, IFlowObserver observer, ILogger log)
        : base(clients, options, log)
    {
        _observer = observer;
        _log = log;
        _retry = retry;
        _producer = clients.Producer(options, "egress", Break);
    }

    /// <summary>Produces again what failed.</summary>
    public override void Pump()
    {
        if (_broken && _retry.Due)
            Rebuild();
        if (_failed.IsEmpty || !_retry.Due)
            return;
        for (var n = _failed.Count; n > 0 && _failed.TryDequeue(out var delivery); n--)
            Send(delivery);
    }

    public override void Dispose()
    {
        _producer.Dispose();
        _alone?.Dispose();
    }

    protected override IProducer<byte[]?, byte[]?> Producer(bool alone) =>
        alone ? _alone ??= Clients.Producer(Options, "egress-alone", Break, alone: true) : _producer;

    /// <summary>A verdict that is handed over stands, for Kafka takes it sooner or later.</summary>
    protected override bool First(VerdictMap standing, Verdict verdict) => standing.TryAdd(verdict.Offset, verdict.Kind);

    protected override void Untaken(Delivery delivery, Error error) => Retry(delivery, error);

    protected override void Failed(Delivery delivery, Error error)
    {
        // The broker refuses a whole request for one message in it: only what it refuses alone is at fault.
        if (!Refused(error.Code))
            Retry(delivery, error);
        else if (!delivery.Alone)
            Again(delivery, alone: true);
        else if (Reduce(delivery, error))
            Again(delivery, alone: true);
        else
            Retry(delivery, error);
    }

    protected override void Passed(Delivery delivery)
    {
        if (!delivery.Failing)
            return;
        delivery.Failing = false;
        if (Interlocked.Decrement(ref _failing) != 0)
            return;
        _retry.Worked();
        _observer.Recovered(Area);
    }

    private void Again(Delivery delivery, bool alone)
    {
        delivery.Alone = alone;
        _failed.Enqueue(delivery);
    }

    private void Retry(Delivery delivery, Error error)
    {
        if (error.Code != ErrorCode.Local_QueueFull)
        {
            _retry.Failed();
            if (!delivery.Failing && Interlocked.Increment(ref _failing) == 1)
            {
                LogFailing(error.Code, error.Reason);
                _observer.Fault(Area, $"Kafka does not take outputs, they are produced again until it does: {error.Reason}");
            }

            delivery.Failing = true;
        }

        _failed.Enqueue(delivery);
    }

    private void Break() => _broken = true;

    /// <summary>A fatal error ends an idempotent producer: a new one takes over whatever the old one did not report.</summary>
    private void Rebuild()
    {
        LogRebuild();
        _broken = false;
        foreach (var old in new[] { _producer, _alone })
        {
            old?.Flush(FlushTime);
            old?.Dispose();
        }

        _alone = null;
        _producer = Clients.Producer(Options, "egress", Break);
        foreach (var delivery in Orphans())
            _failed.Enqueue(delivery);
    }

    [LoggerMessage(1010, LogLevel.Warning, "Outputs fail with {Code}: {Reason}; retrying until they pass")]
    private partial void LogFailing(ErrorCode code, string reason);

    [LoggerMessage(1012, LogLevel.Warning, "The producer met a fatal error; a new one takes over what it left")]
    private partial void LogRebuild();
}
