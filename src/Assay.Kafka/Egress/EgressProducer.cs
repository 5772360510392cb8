using System.Collections.Concurrent;
using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Clients;
using Assay.Kafka.Offsets;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Egress;

/// <summary>
/// Produces verdicts, copies and dead letters of judged batches, and tells each batch when Kafka has acknowledged all of it. Nothing is ever given
/// up: what fails is produced again, what is too large becomes a dead letter. Called by the ingress loop; acknowledgements come on the client's thread.
/// </summary>
internal sealed partial class EgressProducer : IDisposable
{
    private const string Area = "outputs";
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(5);
    private readonly KafkaClients _clients;
    private readonly KafkaEgressOptions _options;
    private readonly IFlowObserver _observer;
    private readonly ILogger _log;
    private readonly OutputMessages _messages;
    private readonly RetryClock _retry;
    private readonly ConcurrentQueue<Delivery> _failed = new();
    private readonly ConcurrentQueue<Delivery> _pool = new();
    private readonly List<Delivery> _all = [];
    private IProducer<byte[]?, byte[]?> _producer;
    private IProducer<byte[]?, byte[]?>? _alone;
    private long _bytes;
    private volatile bool _broken;
    private int _failing;

    public EgressProducer(KafkaClients clients, KafkaEgressOptions options, RetryClock retry, IFlowObserver observer, ILogger log)
    {
        _clients = clients;
        _options = options;
        _observer = observer;
        _log = log;
        _retry = retry;
        _messages = new OutputMessages(options);
        _producer = clients.Producer(options, "egress", Break);
    }

    /// <summary>True while more is handed over and not acknowledged than the options allow.</summary>
    public bool Full => Interlocked.Read(ref _bytes) >= _options.MaxInFlightBytes;

    /// <summary>Hands over everything that the verdicts call for.</summary>
    /// <param name="standing">The partition's verdicts: only an offset's first is produced; the kinds of the batch are already those that stand.</param>
    /// <param name="produceFrom">Records below this offset have all their outputs.</param>
    public void Produce(OutputBatch batch, VerdictMap standing, long produceFrom)
    {
        var verdicts = batch.Verdicts;
        for (var i = 0; i < verdicts.Length; i++)
        {
            var verdict = verdicts[i];
            if (verdict.Offset < produceFrom)
                continue;
            if (verdict.Kind == VerdictKind.DeadLetter)
            {
                Start(batch, i, OutputKind.DeadLetter);
                continue;
            }

            if (standing.TryAdd(verdict.Offset, verdict.Kind))
                Start(batch, i, OutputKind.Verdict);
            if (verdict.Mode != DatasetMode.Enforce || verdict.Kind == VerdictKind.Admit)
            {
                if (_options.Admitted)
                    Start(batch, i, OutputKind.Admitted);
            }
            else if (verdict.Kind == VerdictKind.Hold && _options.Held)
            {
                Start(batch, i, OutputKind.Held);
            }
        }

        batch.Done();
    }

    /// <summary>Produces again what failed, once its time has come.</summary>
    public void Pump()
    {
        if (_broken && _retry.Due)
            Rebuild();
        if (_failed.IsEmpty || !_retry.Due)
            return;
        for (var n = _failed.Count; n > 0 && _failed.TryDequeue(out var delivery); n--)
            Send(delivery);
    }

    public void Dispose()
    {
        _producer.Dispose();
        _alone?.Dispose();
    }

    private void Start(OutputBatch batch, int index, OutputKind kind)
    {
        if (!_pool.TryDequeue(out var delivery))
        {
            delivery = new Delivery(Reported);
            _all.Add(delivery);
        }

        delivery.Batch = batch;
        delivery.Index = index;
        delivery.Kind = kind;
        delivery.Cut = OutputCut.Whole;
        delivery.Alone = false;
        delivery.Failure = null;
        batch.Wait();
        Send(delivery);
    }

    private void Send(Delivery delivery)
    {
        while (true)
        {
            var (target, message) = _messages.Make(delivery);
            delivery.Bytes = (message.Key?.Length ?? 0) + (message.Value?.Length ?? 0);
            delivery.Pending = true;
            Interlocked.Add(ref _bytes, delivery.Bytes);
            try
            {
                Producer(delivery.Alone).Produce(target, message, delivery.Handler);
                return;
            }
            catch (ProduceException<byte[]?, byte[]?> e)
            {
                Unsent(delivery);
                if (e.Error.Code != ErrorCode.MsgSizeTooLarge || !Reduce(delivery, e.Error))
                {
                    Retry(delivery, e.Error);
                    return;
                }
            }
            catch (KafkaException e)
            {
                Unsent(delivery);
                Retry(delivery, e.Error);
                return;
            }
        }
    }

    private IProducer<byte[]?, byte[]?> Producer(bool alone) =>
        alone ? _alone ??= _clients.Producer(_options, "egress-alone", Break, alone: true) : _producer;

    private void Unsent(Delivery delivery)
    {
        delivery.Pending = false;
        Interlocked.Add(ref _bytes, -delivery.Bytes);
    }

    private void Reported(Delivery delivery, Error error, long offset)
    {
        Unsent(delivery);
        if (error.IsError)
        {
            Failed(delivery, error);
            return;
        }

        if (delivery.Failing)
            Works(delivery);
        _clients.Health.Working();
        var batch = delivery.Batch;
        if (delivery.Kind == OutputKind.Verdict)
            batch.VerdictStands(offset);
        delivery.Batch = null!;
        _pool.Enqueue(delivery);
        batch.Done();
    }

    private void Failed(Delivery delivery, Error error)
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

    private void Works(Delivery delivery)
    {
        delivery.Failing = false;
        if (Interlocked.Decrement(ref _failing) != 0)
            return;
        _retry.Worked();
        _observer.Recovered(Area);
    }

    /// <summary>The next smaller form of a message that Kafka will never take; false when there is none.</summary>
    private bool Reduce(Delivery delivery, Error error)
    {
        if (delivery.Kind is OutputKind.Admitted or OutputKind.Held)
        {
            ref readonly var record = ref delivery.Batch.Record(delivery.Index);
            var topic = delivery.Kind == OutputKind.Held ? delivery.Batch.Route.Held.Topic : delivery.Batch.Route.Admitted.Topic;
            var rule = error.Code == ErrorCode.InvalidTimestamp ? "timestamp" : "size";
            delivery.Failure = new ReadFailure(
                ReadFailure.Stages.Produce, rule, $"Topic {topic} refuses the record of {record.Size} bytes: {error.Reason}");
            delivery.Kind = OutputKind.DeadLetter;
            delivery.Cut = OutputCut.Value;
            LogRefused(topic, record.Offset, error.Reason);
            return true;
        }

        if (delivery.Cut == (delivery.Kind == OutputKind.Verdict ? OutputCut.Value : OutputCut.Everything))
            return false;
        delivery.Cut++;
        return true;
    }

    private static bool Refused(ErrorCode code) =>
        code is ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge or ErrorCode.InvalidTimestamp or ErrorCode.InvalidRecord;

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
        _producer = _clients.Producer(_options, "egress", Break);
        foreach (var delivery in _all)
        {
            if (!delivery.Pending)
                continue;
            Unsent(delivery);
            _failed.Enqueue(delivery);
        }
    }
}
