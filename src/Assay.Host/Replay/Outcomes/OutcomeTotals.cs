using Assay.Contracts.Cohorts;
using Assay.Contracts.Trust;

namespace Assay.Host.Replay.Outcomes;

/// <summary>What the decisions of a replay have come to.</summary>
internal sealed class OutcomeTotals
{
    private readonly Dictionary<StandingKey, Distrusted> _latest = [];
    private readonly Dictionary<string, HashSet<long>> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _recalled = new(StringComparer.Ordinal);
    private readonly Dictionary<StandingKey, long> _recalledByKey = [];
    private readonly SortedSet<string> _contested = new(StringComparer.Ordinal);

    /// <summary>Reports of shards about identities.</summary>
    public EvidencePeaks Reports { get; } = new();

    /// <summary>Admitted records that were taken back.</summary>
    public long Recalled { get; private set; }

    /// <summary>Those of them that attacks have written or changed.</summary>
    public long PoisonedRecalled { get; private set; }

    /// <summary>Null where nothing was attacked.</summary>
    public AttackMeasure? Attack { get; set; }

    /// <summary>Datasets whose cohort is contested at the end, in order of name.</summary>
    public IReadOnlyCollection<string> ContestedDatasets => _contested;

    /// <summary>Identities that are contested at the end, and quarantined through no source, in order of name.</summary>
    public IEnumerable<string> Contested => Standings().Where(s => s.Value == Standing.Contested).Select(s => s.Key).Order(StringComparer.Ordinal);

    /// <summary>Identities that are quarantined at the end, in order of name.</summary>
    public IEnumerable<string> Quarantined => Keys(standing => standing == Standing.Quarantined).Select(d => d.Decision.Identity).Distinct();

    /// <summary>Everyone whose records are withheld, or whose cohort is contested, at the end; in order of key.</summary>
    public IEnumerable<Distrusted> Distrusted => Keys(DistrustNames.IsDistrust);

    /// <inheritdoc cref="Distrusted"/>
    public IEnumerable<Distrusted> Watched => Keys(standing => standing == Standing.Watched);

    /// <summary>The standing of each identity at the end, over several sources the least trusting. One that is absent is unproven.</summary>
    public Dictionary<string, Standing> Standings() => _latest.Values
        .GroupBy(d => d.Decision.Identity, d => d.Decision.Standing, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.MaxBy(s => s.Distrust()), StringComparer.Ordinal);

    public long RecalledOf(string identity) => _recalled.GetValueOrDefault(identity);

    public long RecalledBy(StandingKey key) => _recalledByKey.GetValueOrDefault(key);

    public void Decided(Distrusted decided)
    {
        _latest[decided.Decision.Key] = decided;
        Reports.Note(decided.Decision);
    }

    public void Viewed(CohortView view)
    {
        if (view.Contested)
            _contested.Add(view.Dataset);
        else
            _contested.Remove(view.Dataset);
    }

    /// <param name="rows">The rows that are known; a row that was recalled before does not count again.</param>
    public void Took(Recall recall, IReadOnlyList<JudgedRow> rows)
    {
        if (!_rows.TryGetValue(recall.Identity, out var numbers))
            _rows[recall.Identity] = numbers = [];
        var first = rows.Where(row => numbers.Add(row.Number)).ToList();
        // Rows that are not remembered any more are taken on the recall's own word.
        var count = first.Count + Math.Max(0, recall.Records - rows.Count);
        Recalled += count;
        _recalled[recall.Identity] = RecalledOf(recall.Identity) + count;
        PoisonedRecalled += first.Count(row => row.Poisoned);
        _recalledByKey[recall.Key] = RecalledBy(recall.Key) + count;
    }

    private IEnumerable<Distrusted> Keys(Func<Standing, bool> which) => _latest.Values
        .Where(d => which(d.Decision.Standing)).OrderBy(d => d.Decision.Key.ToString(), StringComparer.Ordinal);
}

internal static class DistrustNames
{
    /// <summary>True where records are withheld, or the cohort is contested: what a person must look at.</summary>
    public static bool IsDistrust(this Standing standing) => standing.Withholds() || standing == Standing.Contested;
}

/// <summary>A decision with what a person asks next.</summary>
/// <param name="Decision">With the ids of the files.</param>
/// <param name="Since">File and line of the onset; null where none is dated or known.</param>
/// <param name="At">File and line of the record that led to the decision.</param>
/// <param name="HeldBefore">Records of the identity that were held or rejected before the onset.</param>
/// <param name="AdmittedBefore">Records of the identity that were admitted before the onset.</param>
internal sealed record Distrusted(Decision Decision, string? Since, string? At, long HeldBefore, long AdmittedBefore);
