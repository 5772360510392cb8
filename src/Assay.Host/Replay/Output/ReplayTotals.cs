using System.Text.RegularExpressions;
using Assay.Contracts.Verdicts;

namespace Assay.Host.Replay.Output;

/// <summary>What a replay has come to, counted row by row in input order.</summary>
internal sealed partial class ReplayTotals(int maxIdentities)
{
    /// <summary>Kinds of reasons and rules kept apart; the rest counts as one.</summary>
    private const int MaxKinds = 1000;

    private const string OtherKinds = "(others)";

    public IdentityTally Identities { get; } = new(maxIdentities);

    /// <summary>Reasons of held and rejected records, numbers in them replaced by <c>#</c>.</summary>
    public Dictionary<string, long> Reasons { get; } = new(StringComparer.Ordinal);

    /// <summary>Dead letters by rule, with the place of the first.</summary>
    public Dictionary<string, (long Count, string First)> DeadLetterRules { get; } = new(StringComparer.Ordinal);

    public long Injected { get; private set; }

    public long InjectedAdmitted { get; private set; }

    /// <summary>Clean records that were held or rejected.</summary>
    public long CleanHeld { get; private set; }

    public void Add(ReplayRow row)
    {
        var kind = row.Kind;
        Identities.Add(row.Identity, kind, row.Verdict?.Score ?? 0);
        var stopped = kind is VerdictKind.Hold or VerdictKind.Reject;
        if (row.Attack is null)
            CleanHeld += stopped ? 1 : 0;
        else
        {
            Injected++;
            InjectedAdmitted += kind == VerdictKind.Admit ? 1 : 0;
        }

        if (stopped)
        {
            foreach (var reason in row.Verdict!.Reasons)
                Count(Numbers().Replace(reason, "#"));
        }

        if (row.DeadLetter is { } failure)
        {
            var rule = DeadLetterRules.ContainsKey(failure.Rule) || DeadLetterRules.Count < MaxKinds ? failure.Rule : OtherKinds;
            var (count, first) = DeadLetterRules.GetValueOrDefault(rule, (0, $"{row.Record.File}:{row.Record.Line}"));
            DeadLetterRules[rule] = (count + 1, first);
        }
    }

    private void Count(string reason)
    {
        var kind = Reasons.ContainsKey(reason) || Reasons.Count < MaxKinds ? reason : OtherKinds;
        Reasons[kind] = Reasons.GetValueOrDefault(kind) + 1;
    }

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Numbers();
}
