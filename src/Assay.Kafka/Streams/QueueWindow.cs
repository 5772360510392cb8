using Orleans.Streams;

namespace Assay.Kafka.Streams;

/// <summary>
/// The events of one queue that some subscriber has not finished, in offset order, and where each subscriber stands. An event leaves at the front only,
/// once every subscriber has taken it or has been recorded as not taking it: so <see cref="Position"/> never passes an unfinished event. Used on
/// the pulling agent's scheduler alone.
/// </summary>
/// <param name="capacity">Events kept before reading pauses.</param>
internal sealed class QueueWindow(TrustQueue queue, int capacity, TrustStreamFaults faults) : IQueueCache
{
    private readonly List<TrustEvent> _events = [];
    private readonly List<WindowCursor> _cursors = [];
    private long _removed;
    private long _readTo = -1;
    private bool _registered;

    /// <summary>The offset from which a successor has to read; null before anything was read.</summary>
    public long? Position => _events.Count > 0 ? _events[0].Offset : _readTo < 0 ? null : _readTo;

    /// <summary>Events that still fit.</summary>
    public int Room => Math.Max(0, capacity - _events.Count);

    /// <summary>Number of the event that comes next; events are counted from 0 over the life of the window.</summary>
    public long End => _removed + _events.Count;

    public TrustEvent this[long number] => _events[(int)(number - _removed)];

    /// <summary>Everything below the offset has been added, or is no event.</summary>
    public void ReadTo(long offset) => _readTo = Math.Max(_readTo, offset);

    public void AddToCache(IList<IBatchContainer> messages) => _events.AddRange(messages.Cast<TrustEvent>());

    /// <summary>Never 0: the agent asks before it purges, and would not come to purge a full window.</summary>
    public int GetMaxAddCount() => capacity;

    public bool IsUnderPressure() => Room == 0;

    public bool TryPurgeFromCache(out IList<IBatchContainer> purgedItems)
    {
        purgedItems = Purge();
        return purgedItems.Count > 0;
    }

    /// <summary>The agent ends and its cursors still stand: the last chance to count what was finished since the last purge.</summary>
    public void UpdateDeliveryProgress(StreamSequenceToken? earliestSubscriptionToken, DateTime utcNow) => Purge();

    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token)
    {
        var index = token is null ? _events.Count : _events.FindIndex(e => e.Offset >= token.SequenceNumber);
        var cursor = new WindowCursor(this, index < 0 ? End : _removed + index);
        _cursors.Add(cursor);
        _registered = true;
        return cursor;
    }

    /// <summary>Orleans tells who refused an event; the cursor has told that one did.</summary>
    public void Refused(Guid subscription, long offset) =>
        _cursors.Find(c => c.Refuses(subscription, offset))?.Identify(subscription);

    /// <summary>How many of the oldest waiting events a subscriber that refuses what it gets has to pass by, so that others need not wait for it.</summary>
    public long Excess(long next) => End - next > capacity / 2 ? End - next - capacity / 4 : 0;

    /// <summary>A subscriber leaves the events <paramref name="first"/> to <paramref name="last"/> unfinished.</summary>
    public void GiveUp(Guid? subscription, long first, long last) =>
        faults.GivenUp(queue, subscription, this[first], this[last].Offset, last - first + 1);

    public void Recovered(Guid? subscription) => faults.Accepted(queue, subscription);

    public void Remove(WindowCursor cursor) => _cursors.Remove(cursor);

    private TrustEvent[] Purge()
    {
        // Before its first cursor a stream has subscribers that are not yet known; after it, no cursor means no subscribers.
        var keep = _cursors.Count > 0 ? _cursors.Min(c => c.Unfinished) : _registered ? End : _removed;
        var count = (int)(keep - _removed);
        if (count == 0)
            return [];
        TrustEvent[] purged = [.. _events.Take(count)];
        _events.RemoveRange(0, count);
        _removed += count;
        ReadTo(purged[^1].Offset + 1);
        return purged;
    }
}
