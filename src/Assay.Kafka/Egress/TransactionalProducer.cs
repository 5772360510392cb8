using System.Collections.Concurrent;
using System.Diagnostics;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Clients;
using Assay.Kafka.Offsets;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Egress;

/// <summary>
/// Exactly once: outputs go into the one transaction that is open, with the offsets of what they came from. Whatever fails in it ends it, and its records are
/// judged and produced again. <see cref="OutputProducer.Produce"/> and <see cref="Pump"/> on the loop's thread while it is open; the blocking calls one at a time, on another.
/// </summary>
internal sealed class TransactionalProducer(KafkaClients clients, KafkaEgressOptions options, string id, ILogger log) : OutputProducer(clients, options, log)
{
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(5);
    private readonly ConcurrentQueue<Delivery> _waiting = new();
    private readonly Refusals _refusals = new();
    private volatile IProducer<byte[]?, byte[]?>? _producer;
    private volatile Error? _error;
    private volatile bool _open;
    private bool _alone;

    // The blocking call that is on its way; null without one.
    private object? _call;
    private long _produced;

    /// <summary>Takes outputs only while a transaction is open.</summary>
    public override bool Full => !_open || base.Full;

    /// <summary>Why the transaction cannot be committed any more; null where it can.</summary>
    public Error? Error => _error;

    /// <summary>After which the broker ends a transaction that is open.</summary>
    public TimeSpan TransactionTimeout => Clients.Options.TransactionTimeout;

    /// <summary>Messages handed over since the transaction began.</summary>
    public long Produced => _produced;

    /// <summary>Takes outputs, or no more of them.</summary>
    public void Take(bool outputs)
    {
        _open = outputs;
        if (outputs)
            _produced = 0;
    }

    /// <summary>Ends the transaction with the input's offsets. Blocks for as long as the broker may still say yes.</summary>
    /// <param name="sent">The offsets are part of the transaction, which is not committed.</param>
    /// <returns>Why it is not known to be committed; null where it is.</returns>
    public Error? Commit(IReadOnlyCollection<TopicPartitionOffset> offsets, IConsumerGroupMetadata group, Action sent, CancellationToken cancel)
    {
        var call = Begun();
        try
        {
            var (producer, start) = (_producer!, Stopwatch.GetTimestamp());
            Call(time => producer.SendOffsetsToTransaction(offsets, group, time), start, cancel);
            sent();
            Call(producer.CommitTransaction, start, cancel);
            foreach (var offset in offsets)
                _refusals.Committed(offset.TopicPartition, offset.Offset.Value);
            return null;
        }
        catch (KafkaException e)
        {
            return e.Error;
        }
        finally
        {
            Ended(call);
        }
    }

    /// <summary>
    /// Leaves the client to the call that it does not answer: librdkafka may lose an answer when a broker dies, and a client with a call on its way cannot be
    /// taken down. Its successor fences it.
    /// </summary>
    public void Abandon()
    {
        _producer = null;
        Volatile.Write(ref _call, null);
    }

    /// <summary>The next transaction, by the client that suits it.</summary>
    /// <exception cref="KafkaException">Another client is needed, and the broker does not let it begin.</exception>
    public void Begin(CancellationToken cancel)
    {
        if (_alone != _refusals.Any)
            Renew(cancel);
        else
            _producer!.BeginTransaction();
    }

    /// <summary>
    /// A new client with the same transactional id: the broker aborts what the old one has open, and what it does not know to be committed is not.
    /// A client is never used again after a failure: it may count its messages otherwise than the broker.
    /// </summary>
    /// <exception cref="KafkaException">The broker does not let it begin.</exception>
    public void Renew(CancellationToken cancel)
    {
        var call = Begun();
        try
        {
            Drop();
            _alone = _refusals.Any;
            var producer = Clients.TransactionalProducer(Options, _alone ? "egress-alone" : "egress", id, _alone);
            try
            {
                Call(producer.InitTransactions, Stopwatch.GetTimestamp(), cancel);
                producer.BeginTransaction();
            }
            catch
            {
                producer.Dispose();
                throw;
            }

            _error = null;
            _producer = producer;
        }
        finally
        {
            Ended(call);
        }
    }

    /// <summary>Ends what is open without committing it, so that readers do not wait for the broker's time-out.</summary>
    public void Abort(TimeSpan time)
    {
        try
        {
            _producer?.AbortTransaction(time);
        }
        catch (KafkaException)
        {
            // The broker aborts it by itself, later.
        }
    }

    public override void Pump()
    {
        for (var n = _waiting.Count; n > 0 && _waiting.TryDequeue(out var delivery); n--)
        {
            if (_error is null)
                Send(delivery);
            else
                End(delivery);
        }
    }

    public override void Forget(TopicPartition input) => _refusals.Forget(input);

    public override void Dispose()
    {
        // A client that still waits for its broker cannot be taken down; it ends with the process.
        if (Volatile.Read(ref _call) is null)
            _producer?.Dispose();
    }

    protected override IProducer<byte[]?, byte[]?> Producer(bool alone) => _producer!;

    /// <summary>A verdict stands once it is committed.</summary>
    protected override bool First(VerdictMap standing, Verdict verdict) => standing[verdict.Offset] == VerdictKind.None;

    protected override void Starting(Delivery delivery)
    {
        _produced++;
        _refusals.Apply(delivery);
    }

    protected override void Untaken(Delivery delivery, Error error)
    {
        if (error.Code == ErrorCode.Local_QueueFull && _error is null)
            _waiting.Enqueue(delivery);
        else
            GiveUp(delivery, error);
    }

    protected override void Failed(Delivery delivery, Error error)
    {
        if (Refused(error.Code))
        {
            if (_alone && Reduce(delivery, error))
                _refusals.Reduced(delivery);
            else
                _refusals.Suspect(delivery);
        }

        GiveUp(delivery, error);
    }

    /// <summary>The transaction is lost before the batch hears of it.</summary>
    private void GiveUp(Delivery delivery, Error error)
    {
        _error ??= error;
        End(delivery);
    }

    private void Drop()
    {
        if (_producer is { } old)
        {
            Abort(CallTime);
            _producer = null;
            old.Dispose();
        }

        foreach (var delivery in Orphans())
            End(delivery);
        while (_waiting.TryDequeue(out var delivery))
            End(delivery);
    }

    private object Begun() => _call = new object();

    private void Ended(object call) => Interlocked.CompareExchange(ref _call, null, call);

    /// <summary>
    /// Tries again for as long as the broker keeps a transaction open. Longer would be in vain, and a client that has seen its broker die may try for ever:
    /// its successor finds out what became of the transaction.
    /// </summary>
    private void Call(Action<TimeSpan> call, long start, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                call(CallTime);
                return;
            }
            catch (KafkaRetriableException) when (!cancel.IsCancellationRequested && Stopwatch.GetElapsedTime(start) < TransactionTimeout)
            {
                // The same call goes on where the last one was.
            }
        }
    }
}
