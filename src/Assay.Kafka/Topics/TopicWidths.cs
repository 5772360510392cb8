namespace Assay.Kafka.Topics;

/// <summary>How many partitions topics have, as last seen. Safe for several threads.</summary>
/// <param name="look">Asks the cluster; blocks.</param>
/// <param name="seen">Partitions of every topic.</param>
internal sealed class TopicWidths(Func<IReadOnlyDictionary<string, int>> look, IReadOnlyDictionary<string, int> seen, TimeProvider time)
{
    // Partitions that come together ask together.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private volatile IReadOnlyDictionary<string, int> _seen = seen;
    private long _at;
    private bool _looked;

    public IReadOnlyDictionary<string, int> All => _seen;

    /// <summary>0 for a topic that is not there.</summary>
    public int this[string topic] => _seen.GetValueOrDefault(topic);

    /// <summary>Looks again, unless somebody has in this moment. Blocks on the network.</summary>
    /// <exception cref="Clients.KafkaSetupException">No broker answered.</exception>
    public void Refresh()
    {
        lock (_lock)
        {
            if (_looked && time.GetElapsedTime(_at) < Fresh)
                return;
            _seen = look();
            (_looked, _at) = (true, time.GetTimestamp());
        }
    }
}
