using System.Diagnostics.Metrics;
using Assay.Contracts.Ports;

namespace Assay.Host.Telemetry;

/// <summary>How far behind the owned partitions are. A partition that went to another owner is no longer reported here.</summary>
internal sealed class PartitionMetrics : FlowObserver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Topic, int Partition), Standing> _partitions = [];
    private readonly TimeProvider _time;

    public PartitionMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(AssayMetrics.Meter);
        meter.CreateObservableGauge("assay.partition.lag", Lags, "{record}", "Records of the partition above the committed offset: not judged yet, or not durable.");
        meter.CreateObservableGauge(
            "assay.partition.lag.time", LagTimes, "s", "Age of the newest judged record while there is lag, else 0; only of topics with append times.");
        meter.CreateObservableGauge("assay.partitions.assigned", Assigned, "{partition}", "Partitions that this silo owns.");
    }

    public override void Progress(string topic, int partition, long position, long committed, long end)
    {
        lock (_gate)
        {
            var standing = Of(topic, partition);
            // Before the first commit only the position says where the partition begins.
            standing.Lag = Math.Max(0, end - (committed < 0 ? position : committed));
        }
    }

    public override void Delivered(string topic, int partition, DateTimeOffset oldest, DateTimeOffset newest)
    {
        lock (_gate)
        {
            // What comes back after the partition went away makes it not owned again.
            if (_partitions.TryGetValue((topic, partition), out var standing) && newest > standing.Newest.GetValueOrDefault())
                standing.Newest = newest;
        }
    }

    public override void Released(string topic, int partition)
    {
        lock (_gate)
            _partitions.Remove((topic, partition));
    }

    private Standing Of(string topic, int partition)
    {
        if (!_partitions.TryGetValue((topic, partition), out var standing))
            _partitions[(topic, partition)] = standing = new Standing { Tags = [new("topic", topic), new("partition", partition)] };
        return standing;
    }

    private List<Measurement<long>> Lags()
    {
        lock (_gate)
            return [.. _partitions.Values.Select(p => new Measurement<long>(p.Lag, p.Tags))];
    }

    private List<Measurement<double>> LagTimes()
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            return [.. _partitions.Values.Where(p => p.Newest is not null)
                .Select(p => new Measurement<double>(p.Lag == 0 ? 0 : Math.Max(0, (now - p.Newest!.Value).TotalSeconds), p.Tags))];
        }
    }

    private List<Measurement<long>> Assigned()
    {
        lock (_gate)
            return [.. _partitions.Keys.GroupBy(p => p.Topic).Select(g => new Measurement<long>(g.Count(), new KeyValuePair<string, object?>("topic", g.Key)))];
    }

    private sealed class Standing
    {
        public required KeyValuePair<string, object?>[] Tags { get; init; }

        public long Lag { get; set; }

        /// <summary>Append time of the newest record whose outputs are acknowledged.</summary>
        public DateTimeOffset? Newest { get; set; }
    }
}
