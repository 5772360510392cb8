using Assay.Contracts.Ports;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Topics;
using Confluent.Kafka;

namespace Assay.Kafka.Ingress;

/// <summary>
/// One member of the consumer group: polls, hands records to the owners of its partitions, and drives checkpoints and commits. Everything happens on one
/// thread. After <see cref="Run"/> has thrown, a new loop starts from what is committed.
/// </summary>
internal sealed partial class IngressLoop : IDisposable
{
    private const int TickMs = 50;
    private const int ProgressMs = 1_000;
    private const int IdlePollMs = 20;
    private const int OverWaitMs = 100;
    private const int FinalCommits = 3;
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WatermarksTime = TimeSpan.FromSeconds(10);
    private readonly KafkaClients _clients;
    private readonly KafkaIngressOptions _options;
    private readonly IngressContext _context;
    private readonly PartitionOpener _opener;
    private readonly TopicWidths _widths;
    private readonly IReadOnlyDictionary<string, InputTopic> _topics;
    private readonly IConsumer<byte[]?, byte[]?> _consumer;
    private readonly ICommitter _committer;
    private readonly Dictionary<TopicPartition, PartitionOwner> _owners = [];
    private readonly HashSet<string> _saidUnkeyed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _saidAdded = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();
    private readonly FaultGate _ingress;
    private readonly FaultGate _input;
    private PartitionOwner? _last;
    private long _tickAt;
    private long _progressAt;
    private long _commitAt;
    private long _overSince = -1;
    private bool _unclosed;

    public IngressLoop(
        KafkaClients clients, KafkaIngressOptions options, IngressContext context, PartitionOpener opener, TopicWidths widths,
        IReadOnlyDictionary<string, InputTopic> topics, FaultGate ingress)
    {
        _clients = clients;
        _options = options;
        _context = context;
        _log = context.Log;
        _opener = opener;
        _widths = widths;
        _topics = topics;
        _ingress = ingress;
        _input = new FaultGate(context.Observer, "input");
        _consumer = clients.GroupConsumer(options, builder => builder
            .SetPartitionsAssignedHandler((_, assigned) => Assigned(assigned))
            .SetPartitionsRevokedHandler((_, revoked) => Revoked(revoked))
            .SetPartitionsLostHandler((_, lost) => Lost(lost)));
        _committer = context.Egress is TransactionalProducer transactions
            ? new TransactionCommitter(_consumer, transactions, context, _owners.Values)
            : new PartitionCommitter(_consumer, context);
    }

    /// <summary>Polls until it is told to stop, and then gives its partitions back in order.</summary>
    public void Run(CancellationToken stop)
    {
        _consumer.Subscribe(_options.Topics);
        while (!stop.IsCancellationRequested)
            Turn();
        if (_context.Switches.Abandon)
            return;
        Drain([.. _owners.Values]);
        foreach (var owner in _owners.Values.ToList())
            Forget(owner);
        _committer.End();
        Close();
    }

    /// <summary>See <see cref="IInputPositions"/>. The loop's thread only.</summary>
    public InputPosition[] Positions() =>
        [.. _owners.Values.Where(o => o.Knows).Select(o => new InputPosition(o.Partition.Topic, o.Partition.Partition.Value, o.Passed))];

    public void Dispose()
    {
        _closing.Cancel();
        _context.Observer.Member(joined: false);
        foreach (var owner in _owners.Values.ToList())
            Forget(owner);
        _committer.Dispose();
        // A client that still waits for its broker cannot be taken down; it ends with the process.
        if (!_unclosed)
            _consumer.Dispose();
        _closing.Dispose();
    }

    private void Turn()
    {
        var ran = _context.Queue.Run();
        _context.Egress.Pump();
        _committer.Step();
        var polled = Throttled() ? 0 : Poll(ran || _context.Running > 0 || _committer.Busy ? 0 : IdlePollMs);
        var now = _context.Now;
        foreach (var owner in _owners.Values)
        {
            if (owner.RewindDue)
                Rewind(owner);
            Flow(owner);
            owner.Send();
            owner.CheckpointNext();
        }

        if (now >= _tickAt)
            Tick(now);
        if (polled == 0 && !ran && (_context.Running > 0 || _committer.Busy))
            _context.Queue.Wait(1);
    }

    /// <summary>
    /// A pause makes the client throw away what it has fetched, so a partition that is full for a moment only stops the polling for that moment.
    /// </summary>
    private bool Throttled()
    {
        var over = false;
        foreach (var owner in _owners.Values)
            over |= owner is { Over: true, Paused: false };
        if (!over)
        {
            _overSince = -1;
            return false;
        }

        if (_overSince < 0)
            _overSince = _context.Now;
        return _context.Now - _overSince < OverWaitMs;
    }

    private int Poll(int waitMs)
    {
        for (var n = 0; n < _options.PollBatch; n++)
        {
            ConsumeResult<byte[]?, byte[]?>? result;
            try
            {
                result = _consumer.Consume(n == 0 ? waitMs : 0);
            }
            catch (ConsumeException e)
            {
                ConsumeFailed(e);
                return n;
            }

            if (result is null)
                return n;
            if (Take(result))
                return n + 1;
        }

        _clients.Health.Working();
        return _options.PollBatch;
    }

    /// <returns>True when the partition has enough for now.</returns>
    private bool Take(ConsumeResult<byte[]?, byte[]?> result)
    {
        var owner = _last;
        if (owner?.Phase == PartitionPhase.Gone || owner?.Partition.Partition.Value != result.Partition.Value || owner.Topic.Name != result.Topic)
        {
            if (!_owners.TryGetValue(result.TopicPartition, out owner))
                return false;
            _last = owner;
        }

        if (result.IsPartitionEOF)
        {
            owner.ReachedEnd(result.Offset.Value);
            return false;
        }

        owner.Topic.HasAppendTimes = result.Message.Timestamp.Type == TimestampType.LogAppendTime;
        var created = owner.Take(KafkaMessages.ToRecord(result));
        if (created is not null)
            NoteUnkeyed(owner, created.Source);
        return owner.Over;
    }

    private void Flow(PartitionOwner owner)
    {
        var wants = owner.WantsPause;
        if (wants && !owner.Paused && owner.OnlyOver)
            wants = _overSince >= 0 && _context.Now - _overSince >= OverWaitMs;
        Tell(owner, wants);
    }

    private void Tell(PartitionOwner owner, bool pause)
    {
        if (pause == owner.Paused)
            return;
        try
        {
            if (pause)
                _consumer.Pause([owner.Partition]);
            else
                _consumer.Resume([owner.Partition]);
            owner.Paused = pause;
        }
        catch (KafkaException)
        {
            // Not yet, or no longer, assigned at the client: the next turn tries again.
        }
    }

    private void Rewind(PartitionOwner owner)
    {
        // Resumed first: a resume after the seek would go back to where the pause was.
        Tell(owner, pause: false);
        if (!owner.Paused && Seek(owner, owner.Offsets.Safe))
            owner.Rewound();
        else
            owner.RewindFailed();
    }

    private bool Seek(PartitionOwner owner, long offset)
    {
        try
        {
            _consumer.Seek(new TopicPartitionOffset(owner.Partition, offset));
            return true;
        }
        catch (KafkaException e)
        {
            LogSeekFailed(owner.Partition.Topic, owner.Partition.Partition.Value, e);
            return false;
        }
    }

    private void Tick(long now)
    {
        _tickAt = now + TickMs;
        foreach (var owner in _owners.Values)
        {
            owner.Checkpoint();
            owner.TendStop();
            if (owner.ReopenDue)
                Reopen(owner);
        }

        if (now >= _commitAt && !_committer.Running)
        {
            _commitAt = now + (long)_options.CommitInterval.TotalMilliseconds;
            _committer.Start(_owners.Values);
        }

        if (now < _progressAt)
            return;
        _progressAt = now + ProgressMs;
        foreach (var owner in _owners.Values)
            Progress(owner);
    }

    private void Progress(PartitionOwner owner)
    {
        var end = Offset.Unset;
        try
        {
            end = _consumer.GetWatermarkOffsets(owner.Partition).High;
        }
        catch (KafkaException)
        {
            // Not fetched yet: the position is all that is known.
        }

        var offsets = owner.Offsets;
        _context.Observer.Progress(
            owner.Partition.Topic, owner.Partition.Partition.Value, offsets.Position, offsets.Committed, Math.Max(end.IsSpecial ? 0 : end.Value, offsets.Position));
    }

    private void NoteUnkeyed(PartitionOwner owner, string source)
    {
        if (source == IRecordRouter.Unrouted || _saidUnkeyed.Contains(owner.Topic.Name))
            return;
        foreach (var other in _owners.Values)
        {
            if (other != owner && other.Topic == owner.Topic && other.Has(source) && _saidUnkeyed.Add(owner.Topic.Name))
                LogUnkeyed(owner.Topic.Name, source, _widths[owner.Topic.Name]);
        }
    }

    private void ConsumeFailed(ConsumeException e)
    {
        var record = e.ConsumerRecord;
        if (e.Error.IsFatal || e.Error.Code is ErrorCode.Local_MaxPollExceeded)
            throw new KafkaException(e.Error);
        if (e.Error.Code == ErrorCode.Local_AutoOffsetReset && record is not null && _owners.TryGetValue(record.TopicPartition, out var owner))
        {
            OutOfRange(owner);
            return;
        }

        _clients.Health.Report(e.Error, _clients.Options.BootstrapServers);
        if (_input.Failing($"Input cannot be read: {e.Error.Reason}"))
            LogConsumeFailed(e.Error.Code, e.Error.Reason);
    }
}
