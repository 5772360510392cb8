using System.Globalization;
using Assay.Contracts.Ports;

namespace Assay.Host.Http;

/// <summary>Whether the silo of this process has started, works, and should be given work. Safe for any number of threads.</summary>
/// <param name="stallLimit">Longest silence about owned partitions that passes for life.</param>
internal sealed class SiloHealth(TimeProvider time, TimeSpan stallLimit) : FlowObserver
{
    private readonly Lock _gate = new();
    private readonly HashSet<(string Topic, int Partition)> _assigned = [];
    private readonly SortedDictionary<string, string> _stopped = new(StringComparer.Ordinal);
    private bool _started;
    private bool _stopping;
    private bool _member;
    private long _heard = time.GetTimestamp();

    /// <summary>The silo is active and reads.</summary>
    public void Started()
    {
        lock (_gate)
            _started = true;
    }

    /// <summary>The silo gives its partitions back.</summary>
    public void Stopping()
    {
        lock (_gate)
            _stopping = true;
    }

    /// <returns>Why the start is not over; null when it is.</returns>
    public string? WhyNotStarted()
    {
        lock (_gate)
            return _started ? null : "the silo is starting";
    }

    /// <returns>Why the process should be ended from outside; null while it works.</returns>
    public string? WhyNotLive()
    {
        lock (_gate)
        {
            var silence = time.GetElapsedTime(_heard);
            return _assigned.Count == 0 || silence <= stallLimit ? null : $"no word of {_assigned.Count} partitions for {silence.TotalSeconds:0} s";
        }
    }

    /// <returns>Why the silo is not at work; null when it is.</returns>
    public string? WhyNotReady()
    {
        lock (_gate)
        {
            return !_started ? "the silo is starting"
                : _stopping ? "the silo is stopping"
                : _stopped.Count > 0 ? $"stopped until somebody acts: {string.Join(", ", _stopped.Select(s => $"{s.Key} ({s.Value})"))}"
                : !_member ? "the consumer group has not told it its partitions yet"
                : null;
        }
    }

    public override void Progress(string topic, int partition, long position, long committed, long end)
    {
        lock (_gate)
        {
            _assigned.Add((topic, partition));
            _heard = time.GetTimestamp();
        }
    }

    public override void Member(bool joined)
    {
        lock (_gate)
            _member = joined;
    }

    public override void Released(string topic, int partition)
    {
        lock (_gate)
        {
            _assigned.Remove((topic, partition));
            _stopped.Remove(Place(topic, partition));
        }
    }

    public override void PartitionStopped(string topic, int partition, string reason, string message)
    {
        lock (_gate)
            _stopped[Place(topic, partition)] = reason;
    }

    public override void PartitionResumed(string topic, int partition)
    {
        lock (_gate)
            _stopped.Remove(Place(topic, partition));
    }

    public override void TopicPaused(string topic, string rule, string message)
    {
        lock (_gate)
            _stopped[topic] = rule;
    }

    /// <summary>A partition beside topics: no topic's name has a slash.</summary>
    private static string Place(string topic, int partition) => string.Create(CultureInfo.InvariantCulture, $"{topic}/{partition}");
}
