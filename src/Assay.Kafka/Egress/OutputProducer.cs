using System.Collections.Concurrent;
using Assay.Contracts.Records;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Clients;
using Assay.Kafka.Offsets;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Egress;

/// <summary>
/// Hands verdicts, copies and dead letters of judged batches to a client, and tells each batch when Kafka has acknowledged all of it. Called by the ingress
/// loop; acknowledgements come on the client's thread.
/// </summary>
internal abstract partial class OutputProducer(KafkaClients clients, KafkaEgressOptions options, ILogger log) : IDisposable
{
    private readonly ILogger _log = log;
    private readonly OutputMessages _messages = new(options);
    private readonly ConcurrentQueue<Delivery> _pool = new();
    private readonly List<Delivery> _all = [];
    private long _bytes;

    /// <summary>True while more is handed over and not acknowledged than the options allow.</summary>
    public virtual bool Full => Interlocked.Read(ref _bytes) >= options.MaxInFlightBytes;

    protected KafkaClients Clients => clients;

    protected KafkaEgressOptions Options => options;

    /// <summary>Hands over everything that the verdicts call for.</summary>
    /// <param name="standing">The partition's verdicts: only an offset's first is produced; the kinds of the batch are already those that stand.</param>
    public void Produce(OutputBatch batch, VerdictMap standing)
    {
        var verdicts = batch.Verdicts;
        for (var i = 0; i < verdicts.Length; i++)
        {
            var verdict = verdicts[i];
            if (verdict.Offset < batch.ProduceFrom)
                continue;
            if (verdict.Kind == VerdictKind.DeadLetter)
            {
                Start(batch, i, OutputKind.DeadLetter);
                continue;
            }

            if (First(standing, verdict))
                Start(batch, i, OutputKind.Verdict);
            if (verdict.Mode != DatasetMode.Enforce || verdict.Kind == VerdictKind.Admit)
            {
                if (options.Admitted)
                    Start(batch, i, OutputKind.Admitted);
            }
            else if (verdict.Kind == VerdictKind.Hold && options.Held)
            {
                Start(batch, i, OutputKind.Held);
            }
        }

        batch.Done();
    }

    /// <summary>Does what has to be done again, once its time has come.</summary>
    public abstract void Pump();

    /// <summary>The partition is somebody else's.</summary>
    public virtual void Forget(TopicPartition input)
    {
    }

    public abstract void Dispose();

    /// <summary>The client for a message.</summary>
    protected abstract IProducer<byte[]?, byte[]?> Producer(bool alone);

    /// <summary>True where no verdict of the record stands.</summary>
    protected abstract bool First(VerdictMap standing, Verdict verdict);

    /// <summary>Begins with a message: it may be known to need a smaller form.</summary>
    protected virtual void Starting(Delivery delivery)
    {
    }

    /// <summary>The client does not take a message now, for another reason than its size.</summary>
    protected abstract void Untaken(Delivery delivery, Error error);

    /// <summary>Kafka does not take a message. On the client's thread.</summary>
    protected abstract void Failed(Delivery delivery, Error error);

    /// <summary>Kafka has taken a message. On the client's thread.</summary>
    protected virtual void Passed(Delivery delivery)
    {
    }

    protected void Send(Delivery delivery)
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
            catch (ProduceException<byte[]?, byte[]?> e) when (e.Error.Code == ErrorCode.MsgSizeTooLarge)
            {
                Unsent(delivery);
                if (Reduce(delivery, e.Error))
                    continue;
                Untaken(delivery, e.Error);
                return;
            }
            catch (KafkaException e)
            {
                Unsent(delivery);
                Untaken(delivery, e.Error);
                return;
            }
        }
    }

    /// <summary>Messages that were handed to a client which is gone, and will not report them.</summary>
    protected IEnumerable<Delivery> Orphans()
    {
        foreach (var delivery in _all)
        {
            if (!delivery.Pending)
                continue;
            Unsent(delivery);
            yield return delivery;
        }
    }

    /// <summary>The message is no longer waited for.</summary>
    protected void End(Delivery delivery)
    {
        var batch = delivery.Batch;
        delivery.Batch = null!;
        _pool.Enqueue(delivery);
        batch.Done();
    }

    /// <summary>The next smaller form of a message that Kafka will never take; false when there is none.</summary>
    protected bool Reduce(Delivery delivery, Error error)
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

    /// <summary>The broker will never take the message, or another one of its request.</summary>
    protected static bool Refused(ErrorCode code) =>
        code is ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge or ErrorCode.InvalidTimestamp or ErrorCode.InvalidRecord;

    private void Start(OutputBatch batch, int index, OutputKind kind)
    {
        if (!_pool.TryDequeue(out var delivery))
        {
            delivery = new Delivery(Reported);
            _all.Add(delivery);
        }

        delivery.Batch = batch;
        delivery.Index = index;
        delivery.Origin = delivery.Kind = kind;
        delivery.Cut = OutputCut.Whole;
        delivery.Alone = false;
        delivery.Failure = null;
        batch.Wait();
        Starting(delivery);
        Send(delivery);
    }

    private void Reported(Delivery delivery, Error error, long offset)
    {
        Unsent(delivery);
        if (error.IsError)
        {
            Failed(delivery, error);
            return;
        }

        Passed(delivery);
        clients.Health.Working();
        if (delivery.Kind == OutputKind.Verdict)
            delivery.Batch.VerdictStands(offset);
        End(delivery);
    }

    private void Unsent(Delivery delivery)
    {
        delivery.Pending = false;
        Interlocked.Add(ref _bytes, -delivery.Bytes);
    }

    [LoggerMessage(1011, LogLevel.Warning, "Topic {Topic} refuses the record at {Offset}, it becomes a dead letter: {Reason}")]
    private partial void LogRefused(string topic, long offset, string reason);
}
