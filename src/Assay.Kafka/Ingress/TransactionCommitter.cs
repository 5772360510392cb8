using Assay.Kafka.Egress;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Assay.Kafka.Ingress;

/// <summary>
/// Exactly-once delivery: one transaction of the silo at a time for all its partitions. To end it, each partition draws a line (the cut); what lies below is
/// finished; the marks announce the lines to the state store; then outputs and offsets are committed together, and checkpoints follow. Whatever fails ends
/// the transaction, and all partitions are read again from durable state. The loop's thread, but for the requests themselves.
/// </summary>
internal sealed partial class TransactionCommitter : ICommitter
{
    /// <summary>Messages that one transaction may hold: what they tell observers waits for the commit.</summary>
    private const int MaxMessages = 200_000;

    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(15);
    private readonly IConsumer<byte[]?, byte[]?> _consumer;
    private readonly TransactionalProducer _egress;
    private readonly IngressContext _context;
    private readonly IReadOnlyCollection<PartitionOwner> _owners;
    private readonly CancellationTokenSource _closing = new();
    private readonly RetryClock _retry;
    private readonly TransactionFaults _faults;
    private readonly ILogger _log;
    private Stage _stage = Stage.Recovering;
    private List<PartitionCommit> _cut = [];
    private bool _announced;
    private bool _marking;
    private Task _task;

    // What the call that is waited for commits; null once it has come back or is given up.
    private List<PartitionCommit>? _awaited;
    private long _commitUntil;

    /// <param name="owners">All partitions, as they come and go.</param>
    public TransactionCommitter(
        IConsumer<byte[]?, byte[]?> consumer, TransactionalProducer egress, IngressContext context, IReadOnlyCollection<PartitionOwner> owners)
    {
        _consumer = consumer;
        _egress = egress;
        _context = context;
        _owners = owners;
        _log = context.Log;
        _retry = new RetryClock(context.Time, context.Options.RetryMin, context.Options.RetryMax);
        _faults = new TransactionFaults(context.Observer, context.Options.Group);
        _context.Cutting = true;
        _task = Recover([], TimeSpan.Zero);
    }

    private enum Stage
    {
        /// <summary>A transaction takes outputs.</summary>
        Open,

        /// <summary>It takes only what lies below the lines.</summary>
        Cutting,

        /// <summary>It is being committed.</summary>
        Committing,

        /// <summary>It is lost; another has not begun yet.</summary>
        Recovering,
    }

    public bool Running => _stage != Stage.Open || _marking;

    public bool Busy => _stage is Stage.Cutting or Stage.Committing;

    public void Start(IReadOnlyCollection<PartitionOwner> owners)
    {
        if (Running || Broken() is not null)
            return;
        if (owners.Any(o => o.HasToCommit))
            Cut();
        else
            Mark([.. owners.Select(o => o.Announce(-1)).OfType<PartitionCommit>()]);
    }

    public void Step()
    {
        if (_stage is Stage.Open or Stage.Cutting && Broken() is { } why)
            Recover(why);
        if (_stage == Stage.Committing && _context.Now >= _commitUntil)
            Abandon();
        if (_stage == Stage.Open && !_marking && _egress.Produced >= MaxMessages)
            Start(_owners);
        if (_stage == Stage.Cutting && _announced && _cut.TrueForAll(c => c.Offset < 0 || c.Owner.Aligned))
            Commit();
    }

    public void End()
    {
        if (_stage is Stage.Open or Stage.Cutting && _egress.Produced > 0)
            _egress.Abort(Answer);
    }

    public void Dispose()
    {
        _closing.Cancel();
        try
        {
            if (_task.Wait(CloseTime))
                _closing.Dispose();
        }
        catch (AggregateException)
        {
            // Whatever it was doing, the next loop begins where the group stands.
        }
    }

    private string? Broken()
    {
        if (_egress.Error is { } error)
            _faults.Broken(error);
        return _context.Abort ?? _egress.Error?.Reason;
    }

    private void Cut()
    {
        _stage = Stage.Cutting;
        _context.Cutting = true;
        _announced = false;
        _cut = [.. _owners.Select(o => o.Cut()).OfType<PartitionCommit>()];
        Mark(_cut);
    }

    /// <summary>A commit that the state store does not know of would look as if the store had gone back in time, so it is announced first.</summary>
    private void Mark(List<PartitionCommit> due)
    {
        var marks = due.Where(c => c.Mark is not null).ToList();
        if (marks.Count == 0)
        {
            Marked(due, [], []);
            return;
        }

        _marking = true;
        _ = Write(due, marks);
    }

    private async Task Write(List<PartitionCommit> due, List<PartitionCommit> marks)
    {
        try
        {
            var stands = await Task.WhenAll(marks.Select(c =>
                _context.Marks.Write(c.Owner.Partition.Topic, c.Owner.Partition.Partition.Value, c.Known, c.Mark!.Value, c.Sources))).ConfigureAwait(false);
            _context.Switches.Passing?.Invoke(Failpoint.AfterMark);
            _context.Queue.Post(() => Marked(due, marks, stands));
        }
        catch (Exception e)
        {
            _context.Queue.Post(() => MarkFailed(e));
        }
    }

    private void Marked(List<PartitionCommit> due, List<PartitionCommit> marks, bool[] stands)
    {
        _marking = false;
        for (var i = 0; i < marks.Count; i++)
        {
            if (stands[i])
                marks[i].Owner.Marked(marks[i]);
            else
                marks[i].Owner.StateLost();
        }

        if (marks.Count > 0)
            _context.State.Working();
        _announced |= ReferenceEquals(due, _cut);
    }

    private void MarkFailed(Exception error)
    {
        _marking = false;
        if (_context.State.Failing($"State cannot be saved, nothing is committed until it can: {error.Message}"))
            LogMarkFailed(error);
        if (_stage == Stage.Cutting)
            _context.Abort ??= "state cannot be saved";
    }

    private void Commit()
    {
        var member = _consumer.MemberId;
        var group = _consumer.ConsumerGroupMetadata;
        // What speaks for no member is not fenced by the broker.
        if (string.IsNullOrEmpty(member) || _consumer.MemberId != member)
        {
            _context.Abort ??= "this silo has lost its place in the group";
            return;
        }

        _stage = Stage.Committing;
        _egress.Take(outputs: false);
        var cut = _cut.Where(c => c.Offset >= 0).ToList();
        var offsets = cut.ConvertAll(c => new TopicPartitionOffset(c.Owner.Partition, c.Offset));
        offsets.ForEach(o => _context.Switches.Committing?.Invoke(o));
        _awaited = cut;
        _commitUntil = _context.Now + (long)(_egress.TransactionTimeout + Answer).TotalMilliseconds;
        _task = Task.Run(() => Send(cut, offsets, group));
    }

    /// <summary>A client answers within the time of its transaction and one call, or never.</summary>
    private void Abandon()
    {
        if (Interlocked.Exchange(ref _awaited, null) is null)
            return;
        _egress.Abandon();
        Failed(new Error(ErrorCode.Local_TimedOut, "the client does not answer"));
    }

    private void Send(List<PartitionCommit> cut, List<TopicPartitionOffset> offsets, IConsumerGroupMetadata group)
    {
        var passing = _context.Switches.Passing;
        var error = _egress.Commit(offsets, group, () => passing?.Invoke(Failpoint.AfterOffsets), _closing.Token);
        if (Interlocked.CompareExchange(ref _awaited, null, cut) != cut)
            return;
        if (error is not null)
        {
            _context.Queue.Post(() => Failed(error));
            return;
        }

        passing?.Invoke(Failpoint.AfterTransaction);
        try
        {
            _egress.Begin(_closing.Token);
            error = null;
        }
        catch (KafkaException e)
        {
            error = e.Error;
        }

        _context.Queue.Post(() => Committed(cut, error));
    }

    private void Committed(List<PartitionCommit> cut, Error? begin)
    {
        foreach (var commit in cut)
            commit.Owner.Committed(commit.Offset);
        _retry.Worked();
        _faults.Working();
        if (begin is null)
            Open();
        else
            Failed(begin);
    }

    private void Failed(Error error)
    {
        _faults.Broken(error);
        Recover(error.Reason);
    }

    private void Recover(string why)
    {
        LogRecovering(why);
        _stage = Stage.Recovering;
        _context.Abort = null;
        _context.Cutting = true;
        _egress.Take(outputs: false);
        foreach (var owner in _owners)
            owner.Restart();
        var wait = _retry.Wait;
        _retry.Failed();
        _task = Recover([.. _owners.Where(o => o.Phase == PartitionPhase.Rewinding).Select(o => o.Partition)], wait);
    }

    /// <summary>The broker ends what is open; then it is known how far the group is.</summary>
    private async Task Recover(List<TopicPartition> partitions, TimeSpan wait)
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(wait, _context.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                _egress.Renew(_closing.Token);
                var committed = partitions.Count == 0 ? [] : _consumer.Committed(partitions, Answer);
                _context.Queue.Post(() => Recovered(committed));
                return;
            }
            catch (KafkaException e)
            {
                _context.Queue.Post(() => RecoveryFailed(e.Error));
                _retry.Failed();
                wait = _retry.Wait;
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void RecoveryFailed(Error error)
    {
        if (_faults.Failing(error))
            LogRecoveryFailed(error.Code, error.Reason);
    }

    private void Recovered(List<TopicPartitionOffset> committed)
    {
        var offsets = committed.ToDictionary(c => c.TopicPartition, c => c.Offset.IsSpecial ? -1 : c.Offset.Value);
        foreach (var owner in _owners)
        {
            if (offsets.TryGetValue(owner.Partition, out var offset))
                owner.Restarted(offset);
        }

        Open();
    }

    private void Open()
    {
        _stage = Stage.Open;
        _context.Cutting = false;
        _egress.Take(outputs: true);
        foreach (var owner in _owners)
            owner.Resume();
    }

    [LoggerMessage(1053, LogLevel.Information, "The transaction is given up and everything since the last one is read again: {Why}")]
    private partial void LogRecovering(string why);

    [LoggerMessage(1054, LogLevel.Warning, "Marks cannot be written, so nothing is committed; retrying")]
    private partial void LogMarkFailed(Exception error);

    [LoggerMessage(1055, LogLevel.Warning, "No transaction can be begun ({Code}: {Reason}); retrying")]
    private partial void LogRecoveryFailed(ErrorCode code, string reason);
}
