using Assay.Contracts.Verdicts;

namespace Assay.Host.Replay.Output;

/// <summary>Counts of one identity.</summary>
internal sealed class IdentityCounts
{
    /// <summary>What a held or rejected record counts at least, on the scale of scores: one clean record in a thousand.</summary>
    private const double Stopped = 3;

    /// <summary>Records that the mean of all stands for, so that one odd record of a small writer does not outrank many.</summary>
    private const double PriorRecords = 10;

    public long Records { get; private set; }

    public long Admitted { get; private set; }

    public long Held { get; private set; }

    public long Rejected { get; private set; }

    public long DeadLetters { get; private set; }

    /// <summary>Sum over scored records.</summary>
    public double Suspicion { get; private set; }

    public long Scored => Records - DeadLetters;

    public void Add(VerdictKind kind, double score)
    {
        Records++;
        switch (kind)
        {
            case VerdictKind.Admit:
                Admitted++;
                break;
            case VerdictKind.Hold:
                Held++;
                break;
            case VerdictKind.Reject:
                Rejected++;
                break;
            default:
                DeadLetters++;
                return;
        }

        Suspicion += kind == VerdictKind.Admit ? score : Math.Max(score, Stopped);
    }

    /// <summary>
    /// Ranks identities, higher is worse: the decimal digits of the evidence against the identity, and where there is none, or as much, the mean
    /// suspicion of its scored records, a held or rejected one counting 3 at least, drawn towards the mean of all identities as by ten records of it
    /// (−log10 of a share, so about 0.43 for a clean stream).
    /// </summary>
    /// <param name="evidence">The highest M that the identity has come to, 0 or more.</param>
    public double Rank(double meanOfAll, double evidence) =>
        Math.Log10(1 + evidence) + ((Suspicion + (PriorRecords * meanOfAll)) / (Scored + PriorRecords));

    /// <summary>Mean over scored records; 0 without any.</summary>
    public double Mean => Scored == 0 ? 0 : Suspicion / Scored;
}

/// <summary>Counts per identity in bounded memory: beyond the limit, identities that come new are counted together.</summary>
/// <param name="limit">Identities counted on their own.</param>
internal sealed class IdentityTally(int limit)
{
    public const string OthersName = "(others)";

    private readonly Dictionary<string, IdentityCounts> _counts = new(StringComparer.Ordinal);

    /// <summary>Every record of every identity.</summary>
    public IdentityCounts All { get; } = new();

    /// <summary>Identities beyond the limit; null while there are none.</summary>
    public IdentityCounts? Others { get; private set; }

    public void Add(string identity, VerdictKind kind, double score)
    {
        All.Add(kind, score);
        if (!_counts.TryGetValue(identity, out var counts))
        {
            if (_counts.Count < limit)
                _counts.Add(identity, counts = new IdentityCounts());
            else
                counts = Others ??= new IdentityCounts();
        }

        counts.Add(kind, score);
    }

    /// <summary>Null for one that is not counted on its own.</summary>
    public IdentityCounts? Find(string identity) => _counts.GetValueOrDefault(identity);

    /// <summary>By name, the rest last.</summary>
    public IEnumerable<(string Identity, IdentityCounts Counts)> InOrder()
    {
        foreach (var (identity, counts) in _counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            yield return (identity, counts);
        if (Others is not null)
            yield return (OthersName, Others);
    }
}
