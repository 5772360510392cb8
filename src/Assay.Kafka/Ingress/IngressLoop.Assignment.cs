using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Confluent.Kafka;

namespace Assay.Kafka.Ingress;

/// <summary>Partitions come and go: the client calls back on the loop's thread, from within a poll.</summary>
internal sealed partial class IngressLoop
{
    private List<TopicPartitionOffset> Assigned(List<TopicPartition> assigned)
    {
        foreach (var partition in assigned)
        {
            var owner = new PartitionOwner(partition, _topics[partition.Topic], _context);
            _owners[partition] = owner;
            _ = Open(owner);
        }

        _context.Observer.Member(joined: true);
        LogAssigned(assigned.Count, _owners.Count);
        return assigned.ConvertAll(p => new TopicPartitionOffset(p, Offset.Beginning));
    }

    private async Task Open(PartitionOwner owner)
    {
        var retry = new RetryClock(_context.Time, _options.RetryMin, _options.RetryMax);
        while (!_closing.IsCancellationRequested && owner.Phase == PartitionPhase.Opening)
        {
            try
            {
                var opening = await Task.Run(() => _opener.Open(_consumer, owner.Partition, _closing.Token), _closing.Token);
                _context.Queue.Post(() => Opened(owner, opening));
                return;
            }
            catch (KafkaSetupException e) when (e.Problem != KafkaSetupProblem.Unreachable)
            {
                _context.Queue.Post(() => Refused(owner, e));
                return;
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (Exception e)
            {
                LogOpenFailed(owner.Partition.Topic, owner.Partition.Partition.Value, e);
                _context.Queue.Post(() => _input.Failing($"{owner.Partition.Topic}/{owner.Partition.Partition.Value} cannot be opened, it is tried until it can: {e.Message}"));
                retry.Failed();
                await Task.Delay(retry.Wait, _context.Time, CancellationToken.None);
            }
        }
    }

    private void Opened(PartitionOwner owner, PartitionOpening opening)
    {
        _ingress.Working();
        _input.Working();
        var (topic, partition) = (owner.Partition.Topic, owner.Partition.Partition.Value);
        if (owner.Phase != PartitionPhase.Opening)
            return;
        if (opening.Loss is { } loss && !opening.LossAccepted)
        {
            owner.Refuse();
            owner.Stop(StopReason.Retention, loss.Message(topic, partition));
            return;
        }

        if (opening.Loss is { } accepted)
            LogLossAccepted(topic, partition, accepted.Records, accepted.From, accepted.To);
        // Its sources are then on other partitions as well, and that is no news.
        if (opening.Added && _saidAdded.Add(topic) && _saidUnkeyed.Add(topic))
            LogAdded(topic, partition);
        owner.Opened(opening);
        LogOpened(topic, partition, opening.Start, opening.Committed);
    }

    private void Refused(PartitionOwner owner, KafkaSetupException why)
    {
        if (owner.Phase == PartitionPhase.Gone)
            return;
        owner.Refuse();
        owner.Stop(
            why.Problem switch { KafkaSetupProblem.State => StopReason.State, KafkaSetupProblem.Narrow => StopReason.Verdicts, _ => StopReason.Offsets }, why.Message);
        if (why.Problem == KafkaSetupProblem.State)
            _context.Stop(why);
    }

    /// <summary>Opens a stopped partition anew, now that somebody has acted.</summary>
    private void Reopen(PartitionOwner owner)
    {
        owner.Reopen();
        Assign(owner, Offset.Beginning);
        _ = Open(owner);
    }

    /// <summary>A partition whose offset is gone cannot be sought, only assigned anew.</summary>
    private void Assign(PartitionOwner owner, Offset at)
    {
        _consumer.IncrementalUnassign([owner.Partition]);
        _consumer.IncrementalAssign([new TopicPartitionOffset(owner.Partition, at)]);
        owner.Paused = false;
    }

    /// <summary>What the client wanted to read next lies outside of what the partition holds.</summary>
    private void OutOfRange(PartitionOwner owner)
    {
        var partition = owner.Partition;
        var held = _consumer.QueryWatermarkOffsets(partition, WatermarksTime);
        if (owner.Offsets.Position > held.High.Value && owner.Knows)
        {
            Refused(owner, _opener.MadeAnew(partition, owner.Offsets.Position, held.High));
        }
        else if (owner.LossBelow(held.Low.Value) is { } loss)
        {
            owner.Stop(StopReason.Retention, loss.Message(partition.Topic, partition.Partition.Value));
        }
        else
        {
            if (owner.Knows && owner.Offsets.Position < held.Low.Value)
            {
                LogGone(partition.Topic, partition.Partition.Value, held.Low.Value);
                owner.Skip(held.Low.Value);
            }

            Assign(owner, held.Low);
        }
    }

    private void Revoked(List<TopicPartitionOffset> revoked)
    {
        var owners = Owned(revoked);
        Drain(owners);
        foreach (var owner in owners)
            Forget(owner);
    }

    private void Lost(List<TopicPartitionOffset> lost)
    {
        _context.Observer.Member(joined: false);
        LogPartitionsLost(lost.Count);
        foreach (var owner in Owned(lost))
            Forget(owner);
    }

    private List<PartitionOwner> Owned(List<TopicPartitionOffset> partitions)
    {
        var owners = new List<PartitionOwner>();
        foreach (var partition in partitions)
        {
            if (_owners.TryGetValue(partition.TopicPartition, out var owner))
                owners.Add(owner);
        }

        return owners;
    }

    private void Forget(PartitionOwner owner)
    {
        if (_context.ExactlyOnce && !owner.OutOfTransaction)
            _context.Abort ??= $"{owner.Partition.Topic}/{owner.Partition.Partition.Value} has gone to another owner";
        _context.Egress.Forget(owner.Partition);
        owner.Leave();
        _owners.Remove(owner.Partition);
        _context.Observer.Released(owner.Partition.Topic, owner.Partition.Partition.Value);
    }

    /// <summary>In flight → acknowledged → durable → committed → grains let go, within the drain time; what is not done is done again by the next owner.</summary>
    private void Drain(List<PartitionOwner> owners)
    {
        if (owners.Count == 0)
            return;
        var until = _context.Now + (long)_options.DrainTimeout.TotalMilliseconds;
        foreach (var owner in owners)
            owner.Drain();
        var drained = _context.ExactlyOnce ? Settle(owners, until) : Until(until, () => owners.TrueForAll(o => o.Quiet));
        drained = drained && Until(until, () => Saved(owners));
        if (!drained)
            LogDrainTimeout(_options.DrainTimeout);
        Commit(owners, until);
        foreach (var owner in owners)
            Progress(owner);
        Release(owners, until);
    }

    /// <summary>
    /// What these partitions have in the open transaction is committed before they go. Where that takes too long it is aborted, with that of all others:
    /// nobody else can take it out.
    /// </summary>
    private bool Settle(List<PartitionOwner> owners, long until)
    {
        var settled = Until(until, () =>
        {
            _committer.Start(owners);
            return owners.TrueForAll(o => o.OutOfTransaction);
        });
        if (!settled)
            _context.Abort ??= $"partitions are given up unfinished after {_options.DrainTimeout}";
        return settled;
    }

    /// <summary>Commits what is durable, a few times if need be. A broker that does not answer holds nobody up for longer.</summary>
    private void Commit(List<PartitionOwner> owners, long until)
    {
        for (var n = 0; n < FinalCommits && Until(until, () => !_committer.Running); n++)
            _committer.Start(owners);
        Until(until, () => !_committer.Running);
    }

    private void Close()
    {
        _unclosed = !Task.Run(_consumer.Close).Wait(CloseTime);
        if (_unclosed)
            LogCloseTimeout(CloseTime);
    }

    private static bool Saved(List<PartitionOwner> owners)
    {
        foreach (var owner in owners)
        {
            owner.Checkpoint(all: true);
            owner.CheckpointNext();
        }

        return owners.TrueForAll(o => o.Phase != PartitionPhase.Draining || (o.Quiet && o.Clean));
    }

    private void Release(List<PartitionOwner> owners, long until)
    {
        if (_context.Switches.KeepGrains)
            return;
        var pending = owners.SelectMany(o => o.Releasable()).Select(grain => grain.Release().AsTask()).ToList();
        var all = Task.WhenAll(pending);
        Until(Math.Max(until, _context.Now + TickMs), () => all.IsCompleted);
        if (!all.IsCompletedSuccessfully)
            LogReleaseFailed(pending.Count(p => !p.IsCompletedSuccessfully));
    }

    /// <summary>What a transaction is to commit is finished, of partitions that stay, too.</summary>
    private void Finish()
    {
        foreach (var owner in _owners.Values)
        {
            owner.Send();
            owner.CheckpointNext();
        }
    }

    private bool Until(long until, Func<bool> done)
    {
        while (!done())
        {
            if (_context.Now >= until)
                return false;
            _context.Egress.Pump();
            _committer.Step();
            if (_context.Cutting)
                Finish();
            if (!_context.Queue.Run())
                _context.Queue.Wait(1);
        }

        return true;
    }
}
