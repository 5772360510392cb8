using System.Globalization;
using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;
using Assay.Trust.Records;

namespace Assay.Grains.Sources;

/// <summary>What a writer's standing and its cohort's make of a record that would otherwise pass by its own evidence.</summary>
/// <param name="Verdict">Of the standing alone.</param>
/// <param name="Reason">Null where it lets the record pass.</param>
internal readonly record struct StandingJudgement(VerdictKind Verdict, string? Reason)
{
    private static readonly StandingJudgement Pass = new(VerdictKind.Admit, null);

    /// <param name="governing">The decision that governs the writer; null without.</param>
    /// <param name="contested">Its cohort is contested.</param>
    public static StandingJudgement Of(IdentityRecord writer, Decision? governing, bool contested, DatasetPolicies policies, string dataset, int partition, long offset)
    {
        var standing = governing?.Standing ?? Standing.Unproven;
        if (standing == Standing.Revoked)
            return new(VerdictKind.Reject, Sentence(governing!));
        if (standing.Withholds())
            return new(VerdictKind.Hold, Sentence(governing!));
        if (writer.Accusation is { } accusation)
            return new(VerdictKind.Hold, Text($"evidence: {writer.Identity} is about to be judged: {accusation.Sentence ?? "several detectors together"}"));
        if (contested && !policies.AdmitsContested(dataset, partition, offset))
            return new(VerdictKind.Hold, Text($"contested: too much of {dataset} is under suspicion at once, so nobody is accused and all of it waits for a person"));
        return standing != Standing.Unproven || policies.AdmitsUnproven(dataset, partition, offset)
            ? Pass
            : new(VerdictKind.Hold, Text($"unproven: nothing is known of {writer.Identity} yet"));
    }

    /// <summary>The stricter of the two.</summary>
    public VerdictKind With(RecordJudgement own) => own.Verdict > Verdict ? own.Verdict : Verdict;

    private static string Sentence(Decision decision) => Text($"{decision.Standing.Name()}: {decision.Identity}: {decision.Reason}");

    private static string Text(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
