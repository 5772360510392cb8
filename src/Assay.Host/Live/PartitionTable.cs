namespace Assay.Host.Live;

/// <summary>Where each partition stands; guarded by the board's lock.</summary>
internal sealed class PartitionTable
{
    private readonly SortedDictionary<(string Topic, int Partition), Row> _rows =
        new(Comparer<(string Topic, int Partition)>.Create((a, b) =>
            string.CompareOrdinal(a.Topic, b.Topic) is var order && order != 0 ? order : a.Partition.CompareTo(b.Partition)));

    public void Set(string topic, int partition, long position, long committed, long end) =>
        _rows[(topic, partition)] = new Row(position, committed, end, Owned: true);

    public void Release(string topic, int partition)
    {
        if (_rows.TryGetValue((topic, partition), out var row))
            _rows[(topic, partition)] = row with { Owned = false };
    }

    public IReadOnlyList<TopicFlow> Read() =>
    [
        .. _rows.GroupBy(r => r.Key.Topic, r => r.Value).Select(topic => new TopicFlow(
            topic.Key,
            topic.Count(r => r.Owned),
            topic.Where(r => r.Owned).Sum(r => Math.Max(0, r.Committed)),
            topic.Where(r => r.Owned).Sum(r => r.Lag),
            topic.Where(r => r.Owned).Sum(r => Math.Max(0, r.End - r.Position)),
            topic.Where(r => !r.Owned).Sum(r => r.Lag))),
    ];

    private readonly record struct Row(long Position, long Committed, long End, bool Owned)
    {
        public long Lag => Math.Max(0, End - (Committed >= 0 ? Committed : Position));
    }
}
