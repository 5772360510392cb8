using System.Diagnostics.Metrics;
using Assay.Contracts.Ports;
using Assay.Contracts.Trust;

namespace Assay.Host.Telemetry;

/// <summary>
/// What was decided about identities, without naming any. Every silo reads every decision from the trust topic, so that a cluster's figure is the
/// maximum over its silos, not the sum.
/// </summary>
internal sealed class TrustMetrics : FlowObserver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, bool> _contested = new(StringComparer.Ordinal);
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _recalled;
    private readonly Histogram<double> _effect;

    public TrustMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(AssayMetrics.Meter);
        _decisions = meter.CreateCounter<long>("assay.decisions", "{decision}", "Decisions about identities, by the standing that they give.");
        _recalled = meter.CreateCounter<long>("assay.records.recalled", "{record}", "Admitted records that were taken back.");
        _effect = meter.CreateHistogram(
            "assay.decision.effect.delay", "s", "From reading a decision that withholds to its being in effect at every owner.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300] });
        meter.CreateObservableGauge("assay.cohort.contested", Contested, "1", "1 while too much of a dataset's cohort is under suspicion at once.");
    }

    public override void Decided(Decision decision) => _decisions.Add(1, new KeyValuePair<string, object?>("standing", decision.Standing.Name()));

    public override void Recalled(Recall recall) => _recalled.Add(recall.Records);

    public override void InEffect(StandingKey key, long epoch, TimeSpan after) => _effect.Record(after.TotalSeconds);

    public override void CohortContested(string dataset)
    {
        lock (_gate)
            _contested[dataset] = true;
    }

    public override void CohortSettled(string dataset)
    {
        lock (_gate)
            _contested[dataset] = false;
    }

    private List<Measurement<int>> Contested()
    {
        lock (_gate)
            return [.. _contested.Select(c => new Measurement<int>(c.Value ? 1 : 0, new KeyValuePair<string, object?>("dataset", c.Key)))];
    }
}
