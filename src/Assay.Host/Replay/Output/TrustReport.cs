using System.Globalization;
using Assay.Contracts.Trust;
using Assay.Host.Live;
using Assay.Host.Replay.Outcomes;
using Spectre.Console;

namespace Assay.Host.Replay.Output;

/// <summary>The end of a report: who is distrusted, why, since when, and what became of their records.</summary>
internal sealed class TrustReport(ReplayTotals totals)
{
    private const int Top = 10;
    private const int MaxReason = 600;

    private static readonly Style Title = new(decoration: Decoration.Bold);
    private static readonly Style Alarm = new(Color.Red, decoration: Decoration.Bold);
    private static readonly Style Notice = new(Color.Yellow);

    public IEnumerable<(string Text, Style Style)> Lines()
    {
        var distrusted = totals.Outcomes.Distrusted.ToList();
        var watched = totals.Outcomes.Watched.ToList();
        foreach (var line in watched.Take(Top))
            yield return ($"Watched: {Name(line.Decision.Key)}: {TerminalText.Clean(line.Decision.Reason, MaxReason)}", Notice);
        if (watched.Count > Top)
            yield return ($"… and {watched.Count - Top} more are watched", Notice);
        if (distrusted.Count == 0)
            yield return (Calm(), Title);
        foreach (var dataset in totals.Outcomes.ContestedDatasets)
            yield return ($"Dataset {TerminalText.Clean(dataset)} is contested: too much of it is under suspicion at once, so nobody is accused until a person decides.", Alarm);
        foreach (var line in distrusted.Take(Top).SelectMany(About))
            yield return line;
        if (distrusted.Count > Top)
            yield return ($"… and {distrusted.Count - Top} more; decisions.jsonl has them all", Alarm);
    }

    private string Calm() => totals.Outcomes.Reports.Any
        ? "Nobody is distrusted."
        : "Nobody is distrusted: no identity had enough to be compared with, so records were judged one by one.";

    private IEnumerable<(string Text, Style Style)> About(Distrusted subject)
    {
        var decision = subject.Decision;
        yield return ($"{Name(decision.Key)} is {decision.Standing.Name()}: {TerminalText.Clean(decision.Reason, MaxReason)}", Alarm);
        var since = decision.Onset is null ? "" : $"since {Record(decision.Onset, subject.Since)}, ";
        var at = decision.At is null ? "" : $"decided at {Record(decision.At, subject.At)}: ";
        yield return ($"  {since}{at}{Records(subject)}", Style.Plain);
    }

    private string Records(Distrusted subject)
    {
        var counts = totals.Identities.Find(subject.Decision.Identity);
        var held = (counts?.Held + counts?.Rejected ?? 0) - subject.HeldBefore;
        var admitted = (counts?.Admitted ?? 0) - subject.AdmittedBefore;
        return $"{Words.Count(held)} records held since, {Words.Count(admitted)} admitted, {Words.Count(totals.Outcomes.RecalledBy(subject.Decision.Key))} of them recalled";
    }

    /// <summary>A record by its id and, where that does not say it, its place.</summary>
    private static string Record(string id, string? place) => TerminalText.Clean(place is null || place == id ? id : $"{id} ({place})");

    private static string Name(StandingKey key) => TerminalText.Clean(
        key.Source is null ? key.Identity : string.Create(CultureInfo.InvariantCulture, $"{key.Identity} in {key.Source}"));
}
