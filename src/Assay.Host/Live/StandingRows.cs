using Assay.Contracts.Trust;
using Assay.Contracts.Verdicts;

namespace Assay.Host.Live;

/// <summary>
/// Who is not in good standing. At the cap a row that withholds nothing makes room for one that does; where there is none, further ones are
/// counted alone. Not safe for several threads.
/// </summary>
internal sealed class StandingRows(int capacity)
{
    private readonly Dictionary<StandingKey, Row> _rows = [];
    private readonly Dictionary<string, int> _identities = new(StringComparer.Ordinal);
    private readonly Dictionary<StandingKey, long> _early = [];
    private readonly SortedSet<string> _contested = new(StringComparer.Ordinal);

    /// <summary>Worst first, the latest of a standing first.</summary>
    public IEnumerable<StandingFlow> Values =>
        _rows.Values.OrderByDescending(r => r.Decision.Standing.Distrust()).ThenByDescending(r => r.At).ThenBy(r => r.Decision.Identity, StringComparer.Ordinal)
            .Select(r => new StandingFlow(r.Decision, r.At, r.Held, r.Leaked, r.Recalled, r.InEffect));

    /// <summary>Decisions that found no room.</summary>
    public long Unshown { get; private set; }

    /// <summary>Datasets whose cohort is contested.</summary>
    public IEnumerable<string> Contested => _contested;

    /// <returns>The standing before, as far as it is known here.</returns>
    public Standing Decided(Decision decision, TimeSpan now)
    {
        var known = _rows.TryGetValue(decision.Key, out var row);
        var before = row?.Decision.Standing ?? Standing.Trusted;
        if (decision.Standing.Distrust() <= Standing.Unproven.Distrust())
        {
            if (known)
                Remove(decision.Key);
        }
        else if (row is not null)
        {
            row.Decision = decision;
            if (before != decision.Standing)
                (row.At, row.InEffect) = (now, null);
        }
        else if (_rows.Count < capacity || MakeRoom(decision))
        {
            Add(new Row(decision, now));
        }
        else
        {
            Unshown++;
        }

        return before;
    }

    public void Recalled(Recall recall)
    {
        // Decisions and recalls are on two topics: the recall may be read first.
        if (_rows.TryGetValue(recall.Key, out var row))
            row.Recalled += recall.Records;
        else if (_early.Count < capacity || _early.ContainsKey(recall.Key))
            _early[recall.Key] = _early.GetValueOrDefault(recall.Key) + recall.Records;
    }

    public void InEffect(StandingKey key, long epoch, TimeSpan after)
    {
        if (_rows.TryGetValue(key, out var row) && row.Decision.Epoch == epoch)
            row.InEffect = after;
    }

    /// <returns>True where that is news.</returns>
    public bool Contest(string dataset) => _contested.Add(dataset);

    /// <inheritdoc cref="Contest"/>
    public bool Settle(string dataset) => _contested.Remove(dataset);

    public void Judged(string source, Verdict verdict)
    {
        if (_identities.Count == 0 || !_identities.ContainsKey(verdict.Identity))
            return;
        Count(new StandingKey(verdict.Identity), verdict.Kind);
        Count(new StandingKey(verdict.Identity, source), verdict.Kind);
    }

    private void Count(StandingKey key, VerdictKind kind)
    {
        if (!_rows.TryGetValue(key, out var row))
            return;
        if (kind is VerdictKind.Hold or VerdictKind.Reject)
            row.Held++;
        else if (kind == VerdictKind.Admit && row.Decision.Standing.Withholds())
            row.Leaked++;
    }

    private bool MakeRoom(Decision decision)
    {
        if (!decision.Standing.Withholds() || _rows.Values.FirstOrDefault(r => !r.Decision.Standing.Withholds()) is not { } least)
            return false;
        Remove(least.Decision.Key);
        return true;
    }

    private void Add(Row row)
    {
        _rows.Add(row.Decision.Key, row);
        if (_early.Remove(row.Decision.Key, out var recalled))
            row.Recalled = recalled;
        _identities[row.Decision.Identity] = _identities.GetValueOrDefault(row.Decision.Identity) + 1;
    }

    private void Remove(StandingKey key)
    {
        _rows.Remove(key);
        if (--_identities[key.Identity] == 0)
            _identities.Remove(key.Identity);
    }

    private sealed class Row(Decision decision, TimeSpan at)
    {
        public Decision Decision { get; set; } = decision;

        public TimeSpan At { get; set; } = at;

        public TimeSpan? InEffect { get; set; }

        public long Held { get; set; }

        public long Leaked { get; set; }

        public long Recalled { get; set; }
    }
}
