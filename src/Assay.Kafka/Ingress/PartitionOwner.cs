using Assay.Contracts.Ports;
using Assay.Contracts.Records;
using Assay.Contracts.Sources;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Egress;
using Assay.Kafka.Offsets;
using Confluent.Kafka;

namespace Assay.Kafka.Ingress;

internal enum PartitionPhase
{
    /// <summary>Learning where to start and which verdicts stand.</summary>
    Opening,

    /// <summary>Waiting for what runs, and for the retry time, to read again from the watermark.</summary>
    Rewinding,

    Running,

    /// <summary>Finishing what is in flight; nothing new is sent.</summary>
    Draining,

    /// <summary>Not read until a person has acted (<see cref="PartitionOwner.Stopped"/>).</summary>
    Refused,

    /// <summary>Belongs to somebody else: whatever still comes back is ignored.</summary>
    Gone,
}

/// <summary>
/// The owner of one partition: queues records by shard, keeps at most one call of each grain running, produces what grains say, checkpoints what is
/// acknowledged, and knows the watermark. A state machine on the loop's thread; calls come back through the loop's queue.
/// </summary>
internal sealed partial class PartitionOwner(TopicPartition partition, InputTopic topic, IngressContext context)
{
    private readonly Dictionary<string, Shard> _shards = new(StringComparer.Ordinal);
    private readonly Queue<Shard> _ready = new();
    private readonly Queue<Shard> _due = new();
    private readonly RetryClock _retry = new(context.Time, context.Options.RetryMin, context.Options.RetryMax);
    private OutputRoute _route = null!;
    private PartitionOffsets _offsets = new(0, -1);
    private VerdictMap _verdicts = new();
    private VerdictPositions _positions = new();
    private long _epoch;
    private long _bytes;
    private int _calls;
    private int _unacknowledged;
    private long _passed;

    public TopicPartition Partition => partition;

    public InputTopic Topic => topic;

    public PartitionPhase Phase { get; private set; } = PartitionPhase.Opening;

    public PartitionOffsets Offsets => _offsets;

    /// <summary>More is queued or in flight than allowed; stays so until half is done.</summary>
    public bool Over { get; private set; }

    /// <summary>What the client is told: take no more.</summary>
    public bool WantsPause => Phase != PartitionPhase.Running || topic.Stopped || Stopped is not null || Over;

    /// <summary>The only reason for a pause is that more is queued or in flight than allowed, which may pass in a moment.</summary>
    public bool OnlyOver => Over && Phase == PartitionPhase.Running && !topic.Stopped && Stopped is null;

    public bool Paused { get; set; }

    /// <summary>Nothing of this partition is under way.</summary>
    public bool Quiet => _calls == 0 && _unacknowledged == 0;

    public bool Clean => _shards.Values.All(s => !s.Offsets.Dirty);

    /// <summary>Partition and offsets are known.</summary>
    public bool Knows => Phase is PartitionPhase.Running or PartitionPhase.Rewinding or PartitionPhase.Draining;

    /// <summary>Above every record that was taken or whose verdict stands: what follows is judged from now on. Never falls.</summary>
    public long Passed => Math.Max(_passed, Math.Max(_offsets.Position, _verdicts.End));

    public bool Has(string source) => _shards.ContainsKey(source);

    public void Opened(PartitionOpening opening)
    {
        if (Phase != PartitionPhase.Opening)
            return;
        _route = opening.Route!;
        _offsets = new PartitionOffsets(opening.Start, opening.Committed, context.ExactlyOnce);
        _verdicts = opening.Verdicts;
        _positions = opening.Positions;
        _mark = opening.Stored?.Mark;
        topic.Sources(partition.Partition.Value).Restore(opening.Stored?.Sources ?? []);
        _epoch = context.NextEpoch();
        Phase = PartitionPhase.Rewinding;
        GoOn();
    }

    /// <summary>True when reading may go back to <see cref="PartitionOffsets.Safe"/>.</summary>
    public bool RewindDue =>
        Phase == PartitionPhase.Rewinding && !_restarting && Stopped is null && Quiet && _retry.Due && StateStands();

    public void Rewound()
    {
        _passed = Passed;
        _offsets.Rewind();
        _barrier = context.Cutting ? 0 : long.MaxValue;
        Phase = PartitionPhase.Running;
    }

    public void RewindFailed() => _retry.Failed();

    /// <summary>
    /// Everything below the partition's end has been taken: what it ends with may be no record (the mark of a transaction, or an aborted one).
    /// </summary>
    public void ReachedEnd(long end)
    {
        if (Phase == PartitionPhase.Running)
            _offsets.Read(end - 1);
    }

    /// <summary>What was to be read next is gone, and had been judged before. What was taken before stays in the flow.</summary>
    public void Skip(long to) => _offsets.Read(to - 1);

    /// <returns>The shard that the record made known, if it is new.</returns>
    public Shard? Take(in InputRecord record)
    {
        if (Phase != PartitionPhase.Running || !_offsets.Read(record.Offset))
            return null;
        var source = topic.Router.Route(record);
        Shard? created = null;
        if (!_shards.TryGetValue(source, out var shard))
        {
            source = ShardOf(source);
            if (!_shards.TryGetValue(source, out shard))
                created = shard = Create(source);
        }

        shard.Queue(record);
        _bytes += record.Size;
        Over |= _bytes >= context.Options.PartitionBytes;
        MakeReady(shard);
        return created;
    }

    /// <summary>Sends to every grain that has records waiting and no call running.</summary>
    public void Send()
    {
        var sends = Phase == PartitionPhase.Running || (Phase == PartitionPhase.Draining && context.Cutting);
        if (!sends || topic.Stopped)
            return;
        while (_ready.Count > 0 && !context.Egress.Full)
        {
            var shard = _ready.Dequeue();
            shard.Ready = false;
            if (!shard.Busy && shard.QueuedBelow(_barrier) && !(shard.CheckpointDue && !Ahead(shard)))
                Send(shard);
        }
    }

    /// <returns>The offset to commit, −1 for none.</returns>
    private long Watermark()
    {
        if (Phase is not (PartitionPhase.Running or PartitionPhase.Draining))
            return -1;
        var commit = _offsets.Advance(_shards, static shard => shard.Offsets);
        _verdicts.DropBelow(_offsets.Safe);
        return commit;
    }

    public void Drain()
    {
        if (Phase == PartitionPhase.Running)
            Phase = PartitionPhase.Draining;
    }

    public void Leave() => Phase = PartitionPhase.Gone;

    /// <summary>Grains whose state is durable up to what was sent: only they may be released, for a release forgets what is not durable.</summary>
    public IEnumerable<ISourceGrain> Releasable() =>
        _shards.Values.Where(s => !s.Offsets.Dirty && !s.Busy && s.Unacknowledged == 0).Select(s => s.Grain);

    private string ShardOf(string source)
    {
        var sources = topic.Sources(partition.Partition.Value);
        var wasFull = sources.Full;
        var shard = sources.Shard(source);
        if (sources.Full && !wasFull)
            LogSourcesFull(partition.Topic, partition.Partition.Value, context.Options.MaxSources, IRecordRouter.Others);
        return shard;
    }

    private Shard Create(string source)
    {
        var id = new SourceId(partition.Topic, partition.Partition.Value, source);
        var hash = System.IO.Hashing.XxHash3.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(source));
        var shard = new Shard(id, context.Shards.Get(id), 0.5 + ((hash >> 11) * (0.5 / (1UL << 53))));
        _shards.Add(source, shard);
        return shard;
    }

    private void MakeReady(Shard shard)
    {
        if (shard.Ready || !shard.Queued)
            return;
        shard.Ready = true;
        _ready.Enqueue(shard);
    }

    private void Send(Shard shard)
    {
        var previous = shard.Offsets.LastSent;
        if (!shard.Offsets.Dirty)
            shard.DirtySince = context.Now;
        var records = shard.Take(context.Options.MaxBatchRecords, context.Options.MaxBatchBytes, _barrier, out var bytes);
        _below -= records.Length;
        _sentEnd = records[^1].Offset >= _sentEnd ? records[^1].Offset + 1 : _sentEnd;
        shard.DirtyRecords += records.Length;
        shard.DirtyBytes += bytes;
        shard.CheckpointDue = shard.DirtyRecords >= context.Options.CheckpointRecords || shard.DirtyBytes >= context.Options.CheckpointBytes;
        shard.Busy = true;
        _calls++;
        _applies++;
        context.Running++;
        var batch = new SourceBatch { Epoch = _epoch, PreviousOffset = previous, Records = records, Settled = Settled(records) };
        _ = Apply(shard, batch, bytes);
    }

    private VerdictKind[]? Settled(InputRecord[] records)
    {
        VerdictKind[]? settled = null;
        if (_verdicts.Bytes == 0)
            return settled;
        for (var i = 0; i < records.Length; i++)
        {
            var kind = _verdicts[records[i].Offset];
            if (kind != VerdictKind.None)
                (settled ??= new VerdictKind[records.Length])[i] = kind;
        }

        return settled;
    }

    private async Task Apply(Shard shard, SourceBatch batch, int bytes)
    {
        BatchResult? result = null;
        Exception? error = null;
        try
        {
            result = await shard.Grain.Apply(batch).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            error = e;
        }

        context.Queue.Post(() => Applied(shard, batch, bytes, result, error));
    }

    private void Applied(Shard shard, SourceBatch batch, int bytes, BatchResult? result, Exception? error)
    {
        Returned(shard);
        _applies--;
        if (Phase is not (PartitionPhase.Running or PartitionPhase.Draining) || batch.Epoch != _epoch)
            return;
        if (result is null)
        {
            SourceFailed(shard, error!);
            return;
        }

        if (!ChainCheck.Follows(shard, batch, result))
        {
            if (!context.Switches.IgnoreGaps)
            {
                LogGap(partition.Topic, partition.Partition.Value, shard.Source, batch.PreviousOffset, result.LastOffset);
                Rewind();
                return;
            }

            result = new BatchResult { Status = BatchStatus.Applied, LastOffset = batch.Records[^1].Offset };
        }

        context.Sources.Working();
        context.Switches.Passing?.Invoke(Failpoint.AfterApply);
        Judged(shard, batch, bytes, result);
        MakeReady(shard);
    }

    private void Returned(Shard shard)
    {
        shard.Busy = false;
        _calls--;
        context.Running--;
    }

    private void Free(int bytes)
    {
        _bytes -= bytes;
        if (_bytes <= context.Options.PartitionBytes / 2)
            Over = false;
    }

    private void SourceFailed(Shard shard, Exception error)
    {
        if (context.Sources.Failing($"Source {shard.Source} of {partition.Topic}/{partition.Partition.Value} cannot be reached, it is tried until it can: {error.Message}"))
            LogSourceFailed(partition.Topic, partition.Partition.Value, shard.Source, error);
        Rewind();
    }

    /// <summary>
    /// What a grain holds is not known: the whole partition is read again from its watermark, by first contact, once everything that runs is back. One
    /// rewind serves all gaps of the partition.
    /// </summary>
    private void Rewind()
    {
        _retry.Failed();
        // What it has produced cannot be taken out of the transaction that it shares with the others.
        if (context.ExactlyOnce)
            context.Abort ??= $"{partition.Topic}/{partition.Partition.Value} is read again";
        GoBack();
    }

    private void GoBack()
    {
        _restarting = context.ExactlyOnce;
        _stands = !context.Options.DurableState;
        Reset();

        // A partition that is being given up is read again by its next owner.
        Phase = Phase == PartitionPhase.Draining ? PartitionPhase.Gone : PartitionPhase.Rewinding;
    }

    /// <summary>Forgets what is queued and what was sent: whatever still comes back belongs to an epoch that is over.</summary>
    private void Reset()
    {
        _epoch = context.NextEpoch();
        _ready.Clear();
        _below = 0;
        _sentEnd = 0;
        _bytes = 0;
        Over = false;
        foreach (var shard in _shards.Values)
        {
            shard.Ready = false;
            shard.Reset();
        }
    }
}
