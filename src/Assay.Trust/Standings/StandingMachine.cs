using Assay.Contracts.Evidence;
using Assay.Contracts.Trust;
using Assay.Trust.Frameworks;

namespace Assay.Trust.Standings;

/// <summary>
/// The transitions of an identity's standing (DESIGN.md, "Standing and verdicts"). Pure: what happens depends on the state and the call
/// alone. Each method returns the decision to publish, or null where there is none; the caller makes the state durable
/// before it publishes.
/// </summary>
public sealed class StandingMachine(StandingOptions options, FrameworkCatalog frameworks)
{
    /// <summary>True when the evidence asks for a quarantine. The caller asks the cohort's <see cref="QuarantineBreaker"/> and calls <see cref="Accuse"/>.</summary>
    public bool AsksForQuarantine(StandingState state) =>
        !state.Quarantined && !state.Contested && !state.Revoked && state.Evidence.Mass >= options.CleanRecordsPerFalseQuarantine;

    /// <summary>
    /// True from the watching share of A on, unless the identity is withheld already: what a quarantined identity goes on writing says nothing against
    /// the comparison that found it.
    /// </summary>
    public bool IsSuspect(StandingState state) => !state.Quarantined && !state.Revoked && state.Evidence.Mass >= options.Watch;

    /// <summary>
    /// Takes in what shards report, all of it before anything is decided. Repeated and late reports change nothing. Where the evidence asks for a
    /// quarantine the decision is left to <see cref="Accuse"/>.
    /// </summary>
    public Decision? Report(StandingState state, params ReadOnlySpan<ShardReport> reports)
    {
        var news = false;
        foreach (var report in reports)
        {
            Prolong(state, report);
            news |= state.Evidence.Apply(report);
        }

        if (!news)
            return null;
        var records = state.Evidence.MonitoredRecords;
        state.Proven |= records >= options.ProvenRecords;
        if (state.Evidence.Mass >= options.Clear)
            state.LowSince = -1;
        else if (state.LowSince < 0)
            state.LowSince = records;
        if (state.Evidence.Mass >= options.Watch)
            state.Watched = true;
        else if (state.Watched && state.LowSince >= 0 && records - state.LowSince >= options.ClearRecords)
            state.Watched = false;
        return AsksForQuarantine(state) ? null : Decide(state, state.Evidence.Heaviest, DecisionSentences.ByEvidence(state, options));
    }

    /// <summary>Quarantines on the evidence, or contests it where the breaker forbids to.</summary>
    /// <exception cref="InvalidOperationException">The evidence does not ask for it.</exception>
    public Decision? Accuse(StandingState state, bool allowed)
    {
        if (!AsksForQuarantine(state))
            throw new InvalidOperationException($"The evidence against '{state.Key}' asks for no quarantine.");
        if (!allowed)
            return Contest(state);
        state.Quarantined = true;

        // The evidence goes on, so that it can be revised; it is void when the quarantine ends. Beneath a pause there is nothing to revise.
        return Decide(
            state,
            state.Evidence.Heaviest,
            DecisionSentences.Quarantined(state, options, state.Evidence.Heaviest?.Onset?.Id),
            resets: state.Current != Standing.Quarantined);
    }

    /// <summary>
    /// Names anew what a quarantined identity does, once, where the evidence has come to A² and names another subject than the quarantine did: A is
    /// reached after few records, and several slices look alike in them. Standing, date and recall stay as they are.
    /// </summary>
    /// <param name="latest">The latest decision about the identity. One that voided the evidence is not revised by what came after.</param>
    public Decision? Revise(StandingState state, Decision? latest)
    {
        if (latest is not { Standing: Standing.Quarantined } || state.Convicted || latest.EvidenceEpoch == latest.Epoch
            || latest.Evidence.M >= options.CertainMass() || state.Evidence.Mass < options.CertainMass())
        {
            return null;
        }

        if (state.Evidence.Heaviest is not { Detector: not null } found || (found.Detector, found.Subject) == (latest.Detector, latest.Subject))
            return null;

        var onset = latest.Onset ?? found.Onset?.Id;
        return Decide(state, found, DecisionSentences.Revised(state, options, onset, latest.Subject), revises: true)! with { Onset = onset };
    }

    /// <summary>Quarantines on a certain sign whose rule asks for it; no breaker applies.</summary>
    /// <param name="rule">Permanent id of the rule.</param>
    /// <param name="report">The shard in which the sign was seen, its sentence saying what.</param>
    public Decision? Certain(StandingState state, string rule, ShardReport report)
    {
        state.Evidence.Apply(report);
        var isNew = !state.Quarantined;
        state.Quarantined = state.Convicted = true;
        return Decide(
            state, report with { Detector = rule, Subject = report.Subject ?? rule }, report.Sentence ?? $"certain sign: {rule}", resets: isNew);
    }

    /// <summary>
    /// Marks the identity as one of too many: under suspicion, or quarantined so lately that it counts as one of them. Nobody is accused. A
    /// quarantine by a certain sign or on a person's word stands: it rests on no comparison.
    /// </summary>
    public Decision? Contest(StandingState state)
    {
        if (state.Convicted)
            return null;
        state.Contested = true;
        state.Quarantined = false;
        return Decide(state, state.Evidence.Heaviest, DecisionSentences.Contested(state, options));
    }

    /// <summary>Ends the contest on a person's word.</summary>
    /// <param name="guilty">True: quarantined. False: the evidence is void, and the identity is watched on probation.</param>
    public Decision? Settle(StandingState state, bool guilty, string reason)
    {
        if (!state.Contested)
            return null;
        state.Contested = false;
        state.Quarantined = state.Convicted = guilty;
        if (!guilty)
            Probation(state);
        return Decide(state, null, reason, resets: true);
    }

    /// <summary>Quarantines on a person's word.</summary>
    public Decision? Quarantine(StandingState state, string reason)
    {
        var isNew = !state.Quarantined;
        state.Quarantined = state.Convicted = true;
        return Decide(state, null, reason, resets: isNew);
    }

    /// <summary>Ends quarantine and revocation on a person's word; the identity is watched on probation.</summary>
    public Decision? Release(StandingState state, string reason)
    {
        if (!state.Quarantined && !state.Revoked)
            return null;
        state.Quarantined = state.Convicted = state.Revoked = false;
        Probation(state);
        return Decide(state, null, reason, resets: true);
    }

    public Decision? Revoke(StandingState state, string reason)
    {
        state.Revoked = true;
        return Decide(state, null, reason);
    }

    /// <param name="until">End of the pause; null without a limit. A second pause sets a new limit.</param>
    public Decision? Pause(StandingState state, DateTimeOffset? until, string reason)
    {
        state.Paused = true;
        state.PausedUntil = until;
        return Decide(state, null, reason);
    }

    /// <summary>Ends the pause. What was held stays held until somebody releases it; other reasons for distrust stand.</summary>
    public Decision? Resume(StandingState state, string reason)
    {
        state.Paused = false;
        state.PausedUntil = null;
        return Decide(state, null, reason);
    }

    /// <summary>Ends a pause whose limit has passed.</summary>
    public Decision? Expire(StandingState state, DateTimeOffset now) =>
        state.Paused && state.PausedUntil <= now ? Resume(state, "the pause has reached its limit; what is held stays held") : null;

    private void Probation(StandingState state)
    {
        state.Watched = false;
        state.LowSince = -1;
        state.ProbationEnd = state.Evidence.MonitoredRecords + options.ProbationRecords;
    }

    /// <summary>Records that a shard had not told of before it applied the release are no part of the probation.</summary>
    private static void Prolong(StandingState state, ShardReport report)
    {
        if (state.Evidence.MonitoredRecords >= state.ProbationEnd || !state.Evidence.IsNew(report))
            return;
        var known = state.Evidence.Find(report.Shard);
        if (known is null || known.SeenEpoch < state.Evidence.ResetEpoch)
            state.ProbationEnd += Math.Max(0, report.MonitoredRecords - (known?.MonitoredRecords ?? 0));
    }

    /// <param name="resets">
    /// Voids the evidence. That takes a decision of its own even where the standing stays as it is, such as paused: a new epoch is what tells the shards,
    /// and evidence that has been judged once must not count again.
    /// </param>
    /// <param name="revises">Says something new about a standing that stays as it is: never null.</param>
    private Decision? Decide(StandingState state, ShardReport? by, string reason, bool resets = false, bool revises = false)
    {
        var standing = state.Current;
        if (standing == state.Decided && state.Epoch > 0 && !resets && !revises)
            return null;
        state.Decided = standing;
        state.Epoch++;
        var mass = state.Evidence.Mass;
        if (resets)
            state.Evidence.Reset(state.Epoch);

        // Nothing is said against an identity that is not distrusted.
        var against = standing is Standing.Unproven or Standing.Trusted ? null : by;
        return new Decision
        {
            Identity = state.Key.Identity,
            Source = state.Key.Source,
            Standing = standing,
            Epoch = state.Epoch,
            At = by?.At.Id,
            Onset = against?.Onset?.Id,
            Detector = against?.Detector,
            Subject = against?.Subject,
            Reason = reason,
            Evidence = new DecisionEvidence(mass, options.CleanRecordsPerFalseQuarantine),
            EvidenceEpoch = resets ? state.Epoch : state.Evidence.ResetEpoch,
            Frameworks = standing is Standing.Unproven or Standing.Trusted ? [] : frameworks.Of(against?.Detector),
        };
    }
}
