using Assay.Contracts.Trust;

namespace Assay.Host.Replay.Outcomes;

/// <summary>
/// Gives decisions and recalls the ids that the verdicts have: a position on the replay's own broker means nothing to the reader of the files. Where a
/// record is older than <see cref="RowIndex.Rows"/> rows, the position stays.
/// </summary>
internal sealed class OutcomeNames(RowIndex rows, EvidencePeaks reports)
{
    /// <summary>The row that a decision about a key calls by this id; null where it is not known any more, or there is none.</summary>
    public JudgedRow? Row(StandingKey key, string? id) =>
        id is null ? null
        : rows.Find(id) ?? (reports.Locate(key, id) is { } place ? rows.Find(place.Partition, place.Offset) : null);

    public Decision Named(Decision decision)
    {
        var (at, onset) = (Row(decision.Key, decision.At)?.Id ?? decision.At, Row(decision.Key, decision.Onset)?.Id ?? decision.Onset);
        var reason = Replaced(Replaced(decision.Reason, decision.Onset, onset), decision.At, at);
        return decision with { At = at, Onset = onset, Reason = reason };
    }

    /// <summary>The recall with the ids of its records, in stream order, and their exact number where all of them are known.</summary>
    /// <param name="records">The rows that it takes back.</param>
    public Recall Named(Recall recall, out IReadOnlyList<JudgedRow> records)
    {
        var found = rows.Recalled(recall, out var complete);
        records = found;
        var all = complete && found.Count > 0;
        return recall with
        {
            From = all ? found[0].Id : Row(recall.Key, recall.From)?.Id ?? recall.From,
            To = all ? found[^1].Id : Row(recall.Key, recall.To)?.Id ?? recall.To,
            Records = complete ? found.Count : Math.Max(recall.Records, found.Count),
            Ids = [.. found.Select(row => row.Id)],
        };
    }

    private static string Replaced(string sentence, string? id, string? name) =>
        id is null || name is null || id == name ? sentence : sentence.Replace(id, name, StringComparison.Ordinal);
}
