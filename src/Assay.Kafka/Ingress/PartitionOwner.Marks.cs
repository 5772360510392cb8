using Assay.Kafka.Egress;

namespace Assay.Kafka.Ingress;

/// <summary>The mark of the partition in the state store: what it says, when it is written, and that it still stands before anything is read again.</summary>
internal sealed partial class PartitionOwner
{
    private static readonly TimeSpan ProbeMax = TimeSpan.FromSeconds(2);

    private readonly RetryClock _probe = new(
        context.Time, context.Options.RetryMin, ProbeMax < context.Options.RetryMax ? ProbeMax : context.Options.RetryMax);

    private PartitionMark? _mark;
    private bool _stands = true;
    private bool _probing;

    /// <summary>
    /// What is to be committed: the state that it speaks for is durable. Where state outlives the process its mark comes first.
    /// </summary>
    /// <returns>Null for nothing.</returns>
    public PartitionCommit? Commit()
    {
        var offset = Watermark();
        if (!context.Options.DurableState || Phase is not (PartitionPhase.Running or PartitionPhase.Draining))
            return offset < 0 ? null : new PartitionCommit(this, offset);
        var safe = _offsets.Safe;
        var position = _positions.DropBelow(safe);
        if (safe > (_mark?.Offset ?? -1))
        {
            var rebuildTo = _mark is { } known && known.RebuildTo > safe ? known.RebuildTo : 0;
            return new PartitionCommit(this, offset, new PartitionMark(safe, position, rebuildTo), _mark, topic.Sources(partition.Partition.Value).Unsaved());
        }

        return offset < 0 ? null : new PartitionCommit(this, offset);
    }

    /// <summary>The commit's mark stands.</summary>
    public void Marked(PartitionCommit commit)
    {
        _mark = _mark?.Then(commit.Mark!.Value) ?? commit.Mark;
        topic.Sources(partition.Partition.Value).Saved(commit.Sources);
    }

    /// <summary>The state store holds less than this owner has written to it: going on would build on lost state.</summary>
    public void StateLost()
    {
        if (Phase != PartitionPhase.Gone)
            Phase = PartitionPhase.Refused;
        if (context.ExactlyOnce)
            context.Abort ??= $"the state of {partition.Topic}/{partition.Partition.Value} is lost";
        context.Stop(StateLoss.Exception(
            $"The state store has lost what was written to it: it held the state of {partition.Topic}/{partition.Partition.Value} up to offset {_mark?.Offset}, and no longer does."));
    }

    /// <summary>
    /// True when the state store is known to answer, and to hold what it held, since the last failure. Reading the input again while it does not would
    /// only repeat work.
    /// </summary>
    private bool StateStands()
    {
        if (!_stands && !_probing && _probe.Due)
        {
            _probing = true;
            _ = Probe();
        }

        return _stands;
    }

    private async Task Probe()
    {
        StoredMark? stored = null;
        Exception? error = null;
        try
        {
            stored = await context.Marks.Read(partition.Topic, partition.Partition.Value).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            error = e;
        }

        context.Queue.Post(() => Probed(stored, error));
    }

    private void Probed(StoredMark? stored, Exception? error)
    {
        _probing = false;
        if (Phase != PartitionPhase.Rewinding)
            return;
        if (error is not null)
        {
            _probe.Failed();
            if (context.State.Failing($"State cannot be reached, nothing is read or committed until it can: {error.Message}"))
                LogStateAway(partition.Topic, partition.Partition.Value, error);
            return;
        }

        _probe.Worked();
        if (_mark is { } known && stored?.Mark.Precedes(known) != false)
            StateLost();
        else
            _stands = true;
    }
}
