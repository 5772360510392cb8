using System.Text.Json;
using Assay.Contracts.Evidence;
using Assay.Contracts.State;
using Assay.Contracts.Verdicts;

namespace Assay.Trust.Records;

/// <summary>
/// The verdict on a single record from what the detectors found: certain signs by their rule, statistics within the hold budget.
/// Statistics never reject. Evidence over records is the ledger's (<see cref="Ledger.EvidenceLedger"/>), not this policy's.
/// </summary>
/// <remarks>
/// The budget limits itself: a record is held when at most <see cref="RecordPolicyOptions.HoldBudget"/> of the shard's recent records,
/// held ones included, look as odd. A lasting change therefore stops being held once it makes up the budget's share of the recent past,
/// and an honest shift of the data costs a bounded number of holds.
/// </remarks>
public sealed class RecordPolicy(RecordPolicyOptions options) : IStateSection
{
    private readonly ScoreHistogram _usual = new(options.HalfLife);

    public int StateVersion => _usual.StateVersion;

    /// <summary>Judges without remembering; call <see cref="Observe"/> with the verdict that came to stand.</summary>
    /// <param name="findings">What each detector found.</param>
    /// <returns>The verdict and the record's score: the highest of the detectors'.</returns>
    public RecordJudgement Judge(ReadOnlySpan<Finding> findings)
    {
        var score = 0.0;
        var verdict = VerdictKind.Admit;
        var byRule = false;
        foreach (var finding in findings)
        {
            score = Math.Max(score, finding.Score);
            if (finding.Rule is not null && (finding.RuleVerdict > verdict || !byRule))
            {
                byRule = true;
                verdict = finding.RuleVerdict;
            }
        }

        if (verdict == VerdictKind.Admit && score >= options.MinimumScore && _usual.TailShare(score) <= options.HoldBudget)
            verdict = VerdictKind.Hold;
        return new RecordJudgement(verdict, score, byRule);
    }

    /// <summary>Counts the record in what is usual. Rejected records are not part of the stream that the budget is a share of.</summary>
    public void Observe(VerdictKind verdict, double score)
    {
        if (verdict is VerdictKind.Admit or VerdictKind.Hold)
            _usual.Add(score);
    }

    public void Write(StateWriter writer) => _usual.Write(writer);

    public void Read(ref StateReader reader, int version) => _usual.Read(ref reader, version);

    public void Describe(Utf8JsonWriter json) => _usual.Describe(json);
}

/// <param name="ByRule">True when a certain sign decided, false when statistics did.</param>
public readonly record struct RecordJudgement(VerdictKind Verdict, double Score, bool ByRule);
