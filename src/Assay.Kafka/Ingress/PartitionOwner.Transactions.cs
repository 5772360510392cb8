namespace Assay.Kafka.Ingress;

/// <summary>
/// Exactly-once delivery. A transaction commits an offset below which everything is judged and above which nothing is, so before it ends, what lies below is
/// finished and what lies above is held back. State is made durable after it, and a shard is not sent to while its checkpoint is due.
/// </summary>
internal sealed partial class PartitionOwner
{
    private readonly List<Judgement> _uncommitted = [];
    private long _barrier = long.MaxValue;
    private long _sentEnd;

    // Records that wait below the line; known from the cut on.
    private int _below;
    private int _applies;
    private bool _restarting;

    /// <summary>There is something to commit: what was read, or, of a partition that is being given up, what was sent.</summary>
    public bool HasToCommit =>
        Phase is PartitionPhase.Running or PartitionPhase.Draining && !topic.Stopped && Line > _offsets.Committed;

    /// <summary>All that the cut commits is judged, and acknowledged.</summary>
    public bool Aligned => _below == 0 && _applies == 0 && _unacknowledged == 0;

    /// <summary>Nothing of it is in a transaction that could yet be committed.</summary>
    public bool OutOfTransaction => Phase is not (PartitionPhase.Running or PartitionPhase.Draining)
        || (_applies == 0 && _unacknowledged == 0 && _sentEnd <= _offsets.Committed);

    /// <summary>Draws the line that the transaction commits to; nothing above it is sent until <see cref="Resume"/>.</summary>
    /// <returns>What is to be marked and committed; null for nothing.</returns>
    public PartitionCommit? Cut()
    {
        if (!HasToCommit)
        {
            (_barrier, _below) = (0, 0);
            return Announce(-1);
        }

        _barrier = Line;
        _below = _shards.Values.Sum(shard => shard.CountBelow(_barrier));
        return Announce(_barrier);
    }

    /// <summary>How far state is durable, and how far the group may be before it is again.</summary>
    /// <param name="commit">The offset that a transaction is to commit, −1 for none.</param>
    /// <returns>Null where neither a mark nor a commit is due.</returns>
    public PartitionCommit? Announce(long commit)
    {
        if (Phase is not (PartitionPhase.Running or PartitionPhase.Draining))
            return null;
        _offsets.Advance(_shards, static shard => shard.Offsets);
        var safe = _offsets.Safe;
        _verdicts.DropBelow(safe);
        var position = _positions.DropBelow(safe);
        var commitTo = Math.Max(commit, _mark?.CommitTo ?? 0);
        if (_mark is { } known && safe <= known.Offset && commitTo <= known.CommitTo)
            return commit < 0 ? null : new PartitionCommit(this, commit);
        var rebuildTo = _mark?.RebuildTo > safe ? _mark.Value.RebuildTo : 0;
        return new PartitionCommit(
            this, commit, new PartitionMark(safe, position, rebuildTo, commitTo), _mark, topic.Sources(partition.Partition.Value).Unsaved());
    }

    /// <summary>Everything below the offset is committed: it counts as judged, and its state may become durable.</summary>
    public void Committed(long offset)
    {
        _offsets.Commit(offset);
        foreach (var judgement in _uncommitted)
        {
            foreach (var verdict in judgement.Verdicts)
            {
                if (verdict.Kind != Contracts.Verdicts.VerdictKind.DeadLetter)
                    _verdicts.TryAdd(verdict.Offset, verdict.Kind);
            }

            Report(judgement);
        }

        _uncommitted.Clear();
        if (Phase is not (PartitionPhase.Running or PartitionPhase.Draining))
            return;
        foreach (var shard in _shards.Values)
            TryCheckpoint(shard);
    }

    /// <summary>The transaction has ended, and another is open.</summary>
    public void Resume()
    {
        // What is being given up is not begun again.
        _barrier = Phase == PartitionPhase.Draining ? 0 : long.MaxValue;
        foreach (var shard in _shards.Values)
            MakeReady(shard);
    }

    /// <summary>The transaction is lost with everything since the last one: all of it is read again from durable state, once it is known how far that one went.</summary>
    public void Restart()
    {
        if (Phase is PartitionPhase.Running or PartitionPhase.Draining)
            GoBack();
        else
            _restarting = Phase == PartitionPhase.Rewinding;
    }

    /// <summary>What the group has committed: where the lost transaction went through after all, what it held stands.</summary>
    public void Restarted(long committed)
    {
        if (committed > _offsets.Committed)
            Committed(committed);
        _uncommitted.Clear();
        _restarting = false;
    }

    /// <summary>How far a transaction may commit. What waits in a partition that is being given up is left to its next owner.</summary>
    private long Line => Phase == PartitionPhase.Draining ? _sentEnd : _offsets.Position;

    /// <summary>The shard's state holds records that are not committed: it must not become durable.</summary>
    private bool Ahead(Shard shard) => context.ExactlyOnce && shard.Offsets.LastSent >= _offsets.Committed;
}
