using System.Diagnostics.Metrics;
using Assay.Contracts.Ports;
using Assay.Host.Http;

namespace Assay.Host.Telemetry;

/// <summary>What fails, what is stopped, and whether the silo is ready.</summary>
internal sealed class TroubleMetrics : FlowObserver
{
    // Areas are the program's own words; the bound only says that it is one.
    private const int MaxAreas = 64;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, bool> _areas = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stopped = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Topic, int Partition), string> _stoppedPartitions = [];
    private readonly Counter<long> _faults;

    public TroubleMetrics(IMeterFactory meters, SiloHealth health)
    {
        var meter = meters.Create(AssayMetrics.Meter);
        _faults = meter.CreateCounter<long>("assay.faults", "{fault}", "Times that an area began to fail.");
        meter.CreateObservableGauge("assay.fault.active", Active, "1", "1 while an area fails, 0 once it works again.");
        meter.CreateObservableGauge("assay.topic.stopped", Stopped, "1", "1 for a topic that is not read until somebody acts.");
        meter.CreateObservableGauge(
            "assay.partition.stopped", StoppedPartitions, "1", "1 for an owned partition that is not read until somebody acts, by the reason.");
        meter.CreateObservableGauge("assay.silo.ready", () => health.WhyNotReady() is null ? 1 : 0, "1", "1 while /health/ready answers 200.");
    }

    public override void Fault(string area, string message)
    {
        lock (_gate)
        {
            if (_areas.Count < MaxAreas || _areas.ContainsKey(area))
                _areas[area] = true;
        }

        _faults.Add(1, new KeyValuePair<string, object?>("area", area));
    }

    public override void Recovered(string area)
    {
        lock (_gate)
        {
            if (_areas.ContainsKey(area))
                _areas[area] = false;
        }
    }

    public override void TopicPaused(string topic, string rule, string message)
    {
        lock (_gate)
            _stopped.Add(topic);
    }

    public override void PartitionStopped(string topic, int partition, string reason, string message)
    {
        lock (_gate)
            _stoppedPartitions[(topic, partition)] = reason;
    }

    public override void PartitionResumed(string topic, int partition)
    {
        lock (_gate)
            _stoppedPartitions.Remove((topic, partition));
    }

    public override void Released(string topic, int partition) => PartitionResumed(topic, partition);

    private List<Measurement<int>> Active()
    {
        lock (_gate)
            return [.. _areas.Select(a => new Measurement<int>(a.Value ? 1 : 0, new KeyValuePair<string, object?>("area", a.Key)))];
    }

    private List<Measurement<int>> Stopped()
    {
        lock (_gate)
            return [.. _stopped.Select(topic => new Measurement<int>(1, new KeyValuePair<string, object?>("topic", topic)))];
    }

    private List<Measurement<int>> StoppedPartitions()
    {
        lock (_gate)
            return [.. _stoppedPartitions.Select(p => new Measurement<int>(1, new("topic", p.Key.Topic), new("partition", p.Key.Partition), new("reason", p.Value)))];
    }
}
