using Assay.Contracts.Cohorts;
using Assay.Contracts.Evidence;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Host.Replay.Output;
using Assay.Host.Replay.Ticks;

namespace Assay.Host.Replay.Outcomes;

/// <summary>Writes decisions and recalls down in order, with the ids of the files, and counts what they come to.</summary>
/// <param name="caughtUp">Completes when every row of the ticks so far has been written: only then do ids and counts have their final values.</param>
internal sealed class OutcomeRecorder(ReplayFiles files, RowIndex rows, TrustLines lines, Func<Task> caughtUp) : ITickOutcomes
{
    private readonly OutcomeTotals _totals = files.Totals.Outcomes;
    private readonly OutcomeNames _names = new(rows, files.Totals.Outcomes.Reports);

    public void Reported(StandingKey key, IReadOnlyList<ShardReport> reports) => _totals.Reports.Note(key, reports);

    public async ValueTask<IReadOnlyList<Decision>> Take(StandingKey key, StandingOutcome outcome)
    {
        if (outcome.Decisions.Length == 0 && outcome.Recalls.Length == 0)
            return [];
        await caughtUp();
        var decisions = Array.ConvertAll(outcome.Decisions, Write);
        foreach (var recall in outcome.Recalls)
        {
            var named = _names.Named(recall, out var records);
            _totals.Took(named, records);
            files.Line(OutputFolder.Recalls, lines.Of(named));
        }

        return decisions;
    }

    public void Renewed(CohortView view) => _totals.Viewed(view);

    private Decision Write(Decision decision)
    {
        var (at, onset) = (_names.Row(decision.Key, decision.At), _names.Row(decision.Key, decision.Onset));
        var named = _names.Named(decision);
        var (held, admitted) = named.Standing.IsDistrust() ? Before(decision.Identity, onset) : (0, 0);
        _totals.Decided(new Distrusted(named, onset?.Place, at?.Place, held, admitted));
        _totals.Attack?.Decided(decision, at, onset);
        files.Line(OutputFolder.Decisions, lines.Of(named));
        return named;
    }

    /// <summary>Records of the identity that were stopped, and that were admitted, before the onset; where none is dated, before now.</summary>
    private (long Stopped, long Admitted) Before(string identity, JudgedRow? onset)
    {
        if (files.Totals.Identities.Find(identity) is not { } counts)
            return (0, 0);
        var since = onset is { } row ? rows.Of(identity, row.Number, long.MaxValue) : [];
        return (
            counts.Held + counts.Rejected - since.Count(r => r.Kind is VerdictKind.Hold or VerdictKind.Reject),
            counts.Admitted - since.Count(r => r.Kind == VerdictKind.Admit));
    }
}
