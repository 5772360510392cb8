using Assay.Contracts.Ports;

namespace Assay.Kafka.Streams;

/// <summary>
/// Tells the observer when an area begins to fail and when the last queue of it works again: areas are few, however many partitions there are. Safe
/// for several threads.
/// </summary>
internal sealed class OpenTroubles(IFlowObserver observer)
{
    private readonly Dictionary<string, HashSet<TrustQueue>> _failing = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void Begin(string area, TrustQueue queue, string message)
    {
        lock (_lock)
        {
            if (_failing.TryGetValue(area, out var queues))
                queues.Add(queue);
            else
                _failing.Add(area, [queue]);
            if (queues is null)
                observer.Fault(area, message);
        }
    }

    public void End(string area, TrustQueue queue)
    {
        lock (_lock)
        {
            if (!_failing.TryGetValue(area, out var queues) || !queues.Remove(queue) || queues.Count > 0)
                return;
            _failing.Remove(area);
            observer.Recovered(area);
        }
    }

    /// <summary>Another silo reads the queue now, and tells of what fails there.</summary>
    public void Leave(TrustQueue queue)
    {
        string[] areas;
        lock (_lock)
            areas = [.. _failing.Where(f => f.Value.Contains(queue)).Select(f => f.Key)];
        foreach (var area in areas)
            End(area, queue);
    }
}
