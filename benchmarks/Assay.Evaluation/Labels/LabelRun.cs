using System.Diagnostics;
using System.Globalization;
using Assay.Contracts.Evidence;
using Assay.Contracts.Records;
using Assay.Detection.LabelSlices;
using Assay.Detection.Reference;
using Assay.Trust.Ledger;
using Assay.Trust.Standings;

namespace Assay.Evaluation.Labels;

/// <summary>One stream through detector, ledger and reference, in ticks as <c>replay</c> has them: one shard a source.</summary>
public sealed class LabelRun
{
    private static readonly StandingOptions Standing = new();

    private readonly LabelTable _table;
    private readonly string _positive;
    private readonly string _negative;
    private readonly Dictionary<int, Record[]> _records = [];

    /// <param name="positive">The label that attacks turn into <paramref name="negative"/>.</param>
    public LabelRun(LabelTable table, string positive, string negative)
    {
        _table = table;
        _positive = positive;
        _negative = negative;
    }

    /// <param name="rows">The stream.</param>
    /// <param name="hidden">Column that the records do not show, −1 for none.</param>
    /// <param name="attacker">
    /// Source that attacks from <paramref name="onset"/> on, −1 for none. Once it is caught its records are withheld: judged, not learned from, until the
    /// evidence comes to A² and the slice is named anew.
    /// </param>
    /// <param name="onset">Index of the first row that may be flipped.</param>
    /// <param name="threshold">A.</param>
    /// <param name="tick">Records between two views.</param>
    public LabelOutcome Run(List<StreamRow> rows, int sources, int hidden, int attacker, int onset, double threshold, int tick)
    {
        if (!_records.TryGetValue(hidden, out var records))
            _records.Add(hidden, records = _table.Records(hidden));
        LabelSlicesDetector[] detectors = [.. Enumerable.Range(0, sources).Select(_ => new LabelSlicesDetector(new LabelSlicesOptions()))];
        EvidenceLedger[] ledgers = [.. detectors.Select(d => new EvidenceLedger(new LedgerOptions(), [new LedgerDetector(d.Id, LabelSlicesDetector.SubjectSlots, d.Preference)]))];
        string[] names = [.. detectors.Select((_, s) => string.Create(CultureInfo.InvariantCulture, $"source-{s}"))];
        Watch[] watches = [.. detectors.Select(_ => new Watch(Standing, threshold))];
        var monitored = new long[sources];
        var trainer = new LabelTrainer(new LabelReferenceOptions());
        foreach (var detector in detectors)
            detector.Use(LabelReference.Empty, "");
        Finding[] findings = [new()];
        var outcome = new LabelOutcome { Flips = rows.Count(r => r.Flipped) };
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < rows.Count; i++)
        {
            if (i > 0 && i % tick == 0)
            {
                for (var s = 0; s < sources; s++)
                    watches[s].Turn(ledgers[s].Mass(names[s]), monitored[s]);
                Turn(detectors, names, trainer);
            }

            var row = rows[i];
            var attacking = row.Source == attacker && i >= onset;
            var withheld = attacking && outcome.Caught;
            if (withheld && outcome.Revised is not null)
                continue;
            outcome.Records++;
            if (!attacking)
                outcome.Clean++;
            else if (!withheld)
                outcome.Leaked += row.Flipped ? 1 : 0;

            var record = records[row.Row];
            record.Source = record.Identity = names[row.Source];
            record.Offset = i;
            record.Id = names[row.Source];
            record.Label = row.Positive ? _positive : _negative;
            var scorer = detectors[row.Source];
            findings[0].Clear();
            scorer.Score(record, findings[0]);
            monitored[row.Source] += findings[0].Count > 0 ? 1 : 0;
            var mass = ledgers[row.Source].Observe(record.Identity, i, findings, 1);
            if (mass >= (withheld ? threshold * threshold : threshold))
            {
                var found = ledgers[row.Source].Assess(record.Identity);
                var subject = found.Slot < 0 ? "" : scorer.Subject(record.Identity, found.Slot) ?? "";
                if (withheld)
                    outcome.Revised = subject;
                else
                    outcome.Quarantine(new LabelQuarantine(names[row.Source], i, mass, subject), attacking, onset, found.Onset);
            }

            scorer.Observe(record);
            if (!withheld && mass < threshold * Standing.WatchShare && !watches[row.Source].On)
                scorer.Learn(record);
            if (mass >= threshold && !attacking)
            {
                ledgers[row.Source].Reset(record.Identity);
                scorer.Reset(record.Identity);
                watches[row.Source].Reset();
            }
        }

        process.Refresh();
        outcome.Processor = process.TotalProcessorTime - before;
        return outcome;
    }

    private static void Turn(LabelSlicesDetector[] detectors, string[] names, LabelTrainer trainer)
    {
        for (var s = 0; s < detectors.Length; s++)
            trainer.Apply(detectors[s].Contribute(names[s]));
        var view = trainer.Publish();
        for (var s = 0; s < detectors.Length; s++)
            detectors[s].Use(view, names[s]);
    }
}
