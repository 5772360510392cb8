namespace Assay.Kafka.Ingress;

/// <summary>When the state of shards is made durable, and what follows from it.</summary>
internal sealed partial class PartitionOwner
{
    private const int IdleIntervals = 30;

    /// <summary>Starts checkpoints that are due, and forgets shards that have been idle for long.</summary>
    /// <param name="all">Due or not.</param>
    public void Checkpoint(bool all = false)
    {
        if (Phase is not (PartitionPhase.Running or PartitionPhase.Draining))
            return;
        var now = context.Now;
        var interval = context.Options.CheckpointInterval.TotalMilliseconds;
        foreach (var (source, shard) in _shards)
        {
            if (shard.Offsets.Dirty)
            {
                shard.CheckpointDue |= all || now - shard.DirtySince >= interval * shard.Stagger;
                TryCheckpoint(shard);
            }
            else if (!shard.Busy && !shard.Queued && shard.Unacknowledged == 0 && now - shard.DirtySince > interval * IdleIntervals)
            {
                _shards.Remove(source);
            }
        }
    }

    /// <summary>Starts checkpoints that had to wait for others to end.</summary>
    public void CheckpointNext()
    {
        while (_due.Count > 0 && context.Checkpoints < context.Options.MaxCheckpoints)
        {
            var shard = _due.Dequeue();
            shard.Awaits = false;
            if (Phase is PartitionPhase.Running or PartitionPhase.Draining)
                TryCheckpoint(shard);
        }
    }

    private void TryCheckpoint(Shard shard)
    {
        if (!shard.CheckpointDue || shard.Busy || shard.Unacknowledged > 0 || Ahead(shard))
            return;
        if (context.Checkpoints >= context.Options.MaxCheckpoints)
        {
            Await(shard);
            return;
        }

        shard.Busy = true;
        _calls++;
        context.Running++;
        context.Checkpoints++;
        _ = Save(shard, Math.Max(shard.Offsets.LastSent, shard.DurableLast), _epoch);
    }

    private void Await(Shard shard)
    {
        if (shard.Awaits)
            return;
        shard.Awaits = true;
        _due.Enqueue(shard);
    }

    private async Task Save(Shard shard, long expected, long epoch)
    {
        var last = -1L;
        var start = context.Time.GetTimestamp();
        Exception? error = null;
        try
        {
            last = (await shard.Grain.Checkpoint(expected).ConfigureAwait(false)).LastOffset;
        }
        catch (Exception e)
        {
            error = e;
        }

        var took = context.Time.GetElapsedTime(start);
        context.Observer.Checkpointed(partition.Topic, partition.Partition.Value, took, error is null && last == expected);
        context.Queue.Post(() => Saved(shard, expected, epoch, last, error));
    }

    private void Saved(Shard shard, long expected, long epoch, long last, Exception? error)
    {
        Returned(shard);
        context.Checkpoints--;
        if (Phase is not (PartitionPhase.Running or PartitionPhase.Draining) || epoch != _epoch)
            return;
        if (error is not null)
        {
            StateFailed(shard, error);
        }
        else if (last != expected && !context.Switches.IgnoreGaps)
        {
            LogCheckpointGap(partition.Topic, partition.Partition.Value, shard.Source, expected, last);
            Rewind();
        }
        else
        {
            context.Switches.Passing?.Invoke(Failpoint.AfterCheckpoint);
            shard.Durable();
            _retry.Worked();
            context.State.Working();
            MakeReady(shard);
        }
    }

    private void StateFailed(Shard shard, Exception error)
    {
        if (context.State.Failing($"State of source {shard.Source} of {partition.Topic}/{partition.Partition.Value} cannot be saved, nothing is committed until it can: {error.Message}"))
            LogStateFailed(partition.Topic, partition.Partition.Value, shard.Source, error);
        Rewind();
    }
}
