using Assay.Contracts.Trust;

namespace Assay.Host.Replay.Outcomes;

/// <summary>How soon an injected attack was decided about, and how well it was dated: by the first quarantine of an identity that writes poison.</summary>
internal sealed class AttackMeasure(RowIndex rows)
{
    /// <summary>Poisoned records of the identity up to the record that led to its quarantine; null without.</summary>
    public long? DetectedAfter { get; private set; }

    /// <summary>
    /// Records of the identity from its first poisoned one to the dated onset, negative where the onset is dated too early; null where none is dated, or
    /// either is older than <see cref="RowIndex.Rows"/> rows.
    /// </summary>
    public long? OnsetError { get; private set; }

    /// <param name="at">The row that led to the decision.</param>
    /// <param name="onset">The row at which the change is dated.</param>
    public void Decided(Decision decision, JudgedRow? at, JudgedRow? onset)
    {
        if (DetectedAfter is not null || decision.Standing != Standing.Quarantined || rows.Poisoned(decision.Identity) is not { } poisoned)
            return;
        var later = at is { } last ? rows.Of(decision.Identity, last.Number + 1, long.MaxValue).Count(row => row.Poisoned) : 0;
        DetectedAfter = poisoned.Count - later;
        OnsetError = onset is { } dated ? Distance(decision.Identity, poisoned.First, dated.Number) : null;
    }

    private long? Distance(string identity, long truth, long dated)
    {
        var between = rows.Of(identity, Math.Min(truth, dated), Math.Max(truth, dated));
        if (!between.Exists(row => row.Number == truth))
            return null;
        return dated >= truth ? between.Count - 1 : 1 - between.Count;
    }
}
