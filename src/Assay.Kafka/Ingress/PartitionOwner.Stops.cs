using Assay.Kafka.Egress;

namespace Assay.Kafka.Ingress;

/// <summary>
/// A partition that is not read until a person has acted. What was taken before stays in the flow until it is committed; then the partition waits, looks
/// now and then whether somebody has acted, and is opened anew where somebody has.
/// </summary>
internal sealed partial class PartitionOwner
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);
    private readonly RetryClock _look = new(context.Time, LookInterval, LookInterval);
    private string? _stopMessage;
    private bool _looking;

    /// <summary>Null while nothing stops it.</summary>
    public string? Stopped { get; private set; }

    /// <summary>Somebody has acted, or may have.</summary>
    public bool ReopenDue { get; private set; }

    /// <summary>Nothing more is taken; said once.</summary>
    public void Stop(string reason, string message)
    {
        _look.Failed();
        if (Stopped == reason && _stopMessage == message)
            return;
        (Stopped, _stopMessage) = (reason, message);
        LogStopped(message);
        context.Observer.PartitionStopped(partition.Topic, partition.Partition.Value, reason, message);
    }

    /// <summary>Nothing of it is under way: the partition waits.</summary>
    public void Refuse() => Phase = PartitionPhase.Refused;

    /// <summary>What retention has deleted below an offset without a verdict: records that were judged before only taught, and are no loss.</summary>
    public RetentionLoss? LossBelow(long low)
    {
        // Before anything is committed or taken there is no place that a start could have come too late for.
        if (_offsets.Committed < 0 && _mark is null && _offsets.Position == _offsets.Safe && _shards.Count == 0)
            return null;
        var next = Phase == PartitionPhase.Running ? _offsets.Position : _offsets.Safe;
        return RetentionLoss.Between(Math.Max(next, _offsets.Committed), low);
    }

    /// <summary>Lets a stopped partition rest once everything that it had taken is committed, and looks whether somebody has acted.</summary>
    public void TendStop()
    {
        if (Stopped is null)
            return;
        var rests = Phase == PartitionPhase.Running && Quiet && _shards.Values.All(s => !s.Offsets.Dirty && !s.Queued) && _offsets.Committed >= _offsets.Position;
        if (rests || (Phase == PartitionPhase.Rewinding && Quiet))
            Refuse();
        if (Phase != PartitionPhase.Refused || _looking || !_look.Due)
            return;
        if (Stopped == StopReason.Verdicts)
        {
            ReopenDue = true;
        }
        else if (Stopped == StopReason.Retention && context.Options.DurableState)
        {
            _looking = true;
            _ = Look();
        }
    }

    /// <summary>Back to the beginning, as if it had just been assigned.</summary>
    public void Reopen()
    {
        ReopenDue = false;
        Reset();
        Phase = PartitionPhase.Opening;
    }

    private void GoOn()
    {
        if (Stopped is null)
            return;
        (Stopped, _stopMessage) = (null, null);
        context.Observer.PartitionResumed(partition.Topic, partition.Partition.Value);
    }

    private async Task Look()
    {
        StoredMark? stored = null;
        try
        {
            stored = await context.Marks.Read(partition.Topic, partition.Partition.Value).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogStateAway(partition.Topic, partition.Partition.Value, e);
        }

        context.Queue.Post(() =>
        {
            _looking = false;
            _look.Failed();
            ReopenDue = Phase == PartitionPhase.Refused && stored?.LossAccepted > Math.Max(_offsets.Committed, stored?.Mark.Offset ?? 0);
        });
    }
}
