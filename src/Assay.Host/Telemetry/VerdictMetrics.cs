using System.Diagnostics.Metrics;
using Assay.Contracts.Ports;
using Assay.Contracts.Verdicts;

namespace Assay.Host.Telemetry;

/// <summary>What was judged, how, and how long after it came. Counted a batch at a time.</summary>
internal sealed class VerdictMetrics : FlowObserver
{
    private const string NoDetector = "none";
    private static readonly VerdictKind[] Kinds = [VerdictKind.Admit, VerdictKind.Hold, VerdictKind.Reject, VerdictKind.DeadLetter];
    private readonly TimeProvider _time;
    private readonly Counter<long> _judged;
    private readonly Counter<long> _suspected;
    private readonly Counter<long> _deadLettered;
    private readonly Histogram<double> _delay;
    private readonly Histogram<double> _checkpoints;

    public VerdictMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(AssayMetrics.Meter);
        _judged = meter.CreateCounter<long>("assay.records.judged", "{record}", "Records with a verdict that Kafka has acknowledged.");
        _suspected = meter.CreateCounter<long>(
            "assay.records.suspected", "{record}", "Records held or rejected, by the detector that found them oddest.");
        _deadLettered = meter.CreateCounter<long>("assay.records.dead_lettered", "{record}", "Records that could not be read, scored or produced, by stage.");
        _delay = meter.CreateHistogram(
            "assay.verdict.delay", "s", "From a record's append time to the acknowledgement of its verdict; the oldest record of each batch.",
            advice: Buckets(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600));
        _checkpoints = meter.CreateHistogram(
            "assay.checkpoint.duration", "s", "Making the state of one shard durable.", advice: Buckets(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30));
    }

    public override void Judged(string topic, int partition, string source, IReadOnlyList<Verdict> verdicts)
    {
        Span<long> counts = stackalloc long[(int)VerdictKind.DeadLetter + 1];
        for (var i = 0; i < verdicts.Count; i++)
        {
            var verdict = verdicts[i];
            counts[(int)verdict.Kind]++;
            if (verdict.Kind is VerdictKind.Hold or VerdictKind.Reject)
                _suspected.Add(1, new("topic", topic), new("verdict", verdict.Kind.Name()), new("detector", Oddest(verdict)));
            else if (verdict.Kind == VerdictKind.DeadLetter)
                _deadLettered.Add(1, new("topic", topic), new("stage", verdict.Failure?.Stage ?? ""));
        }

        foreach (var kind in Kinds)
        {
            if (counts[(int)kind] > 0)
                _judged.Add(counts[(int)kind], new("topic", topic), new("verdict", kind.Name()));
        }
    }

    public override void Delivered(string topic, int partition, DateTimeOffset oldest, DateTimeOffset newest) =>
        _delay.Record(Math.Max(0, (_time.GetUtcNow() - oldest).TotalSeconds), new KeyValuePair<string, object?>("topic", topic));

    public override void Checkpointed(string topic, int partition, TimeSpan took, bool saved) =>
        _checkpoints.Record(took.TotalSeconds, new("topic", topic), new("outcome", saved ? "saved" : "failed"));

    private static string Oddest(Verdict verdict)
    {
        var (detector, highest) = (NoDetector, 0.0);
        for (var i = 0; i < verdict.Scores.Length; i++)
        {
            if (verdict.Scores[i] > highest)
                (detector, highest) = (verdict.Detectors[i], verdict.Scores[i]);
        }

        return detector;
    }

    private static InstrumentAdvice<double> Buckets(params double[] seconds) => new() { HistogramBucketBoundaries = seconds };
}
