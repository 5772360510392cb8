using Assay.Contracts.Verdicts;
using Assay.Host.Replay.Outcomes;

namespace Assay.Host.Replay.Output;

/// <summary>What a replay has come to, counted row by row in input order.</summary>
internal sealed class ReplayTotals(int maxIdentities)
{
    /// <summary>Kinds of reasons and rules kept apart; the rest counts as one.</summary>
    private const int MaxKinds = 1000;

    private const string OtherKinds = "(others)";

    public IdentityTally Identities { get; } = new(maxIdentities);

    /// <summary>What was decided about identities.</summary>
    public OutcomeTotals Outcomes { get; } = new();

    /// <summary>Reasons of held and rejected records by what they are about, each with the first one in full.</summary>
    public Dictionary<string, (long Count, string First)> Reasons { get; } = new(StringComparer.Ordinal);

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
                Count(Reasons, ReasonSubject.Of(reason), reason);
        }

        if (row.DeadLetter is { } failure)
            Count(DeadLetterRules, failure.Rule, $"{row.Record.File}:{row.Record.Line}");
    }

    private static void Count(Dictionary<string, (long Count, string First)> kinds, string kind, string first)
    {
        if (!kinds.ContainsKey(kind) && kinds.Count >= MaxKinds)
            kind = OtherKinds;
        var known = kinds.GetValueOrDefault(kind, (0, first));
        kinds[kind] = (known.Count + 1, known.First);
    }
}
