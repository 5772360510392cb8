using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Assay.Grains.Sources;
using Spectre.Console;

namespace Assay.Host.Replay.Output;

/// <summary>What the terminal says at the end of a replay.</summary>
public sealed class ReplayReport
{
    private const int Top = 5;
    private const int MaxExample = 200;

    private readonly ReplayTotals _totals;
    private readonly ReplayRun _run;
    private readonly bool _attacked;
    private readonly string? _directory;

    internal ReplayReport(ReplayTotals totals, ReplayRun run, bool attacked, string? directory)
    {
        _totals = totals;
        _run = run;
        _attacked = attacked;
        _directory = directory;
    }

    /// <summary>Writes the report; colour only where the console has it.</summary>
    public void Write(IAnsiConsole console)
    {
        foreach (var (text, style) in Lines())
            console.Write(new Text(text + "\n", style));
    }

    /// <summary>The summary as one line of JSON, as it stands in <c>summary.json</c>.</summary>
    public string Json()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            SummaryJson.Summary(json, (_totals, _run, _attacked));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The report line by line.</summary>
    public IEnumerable<(string Text, Style Style)> Lines()
    {
        var all = _totals.Identities.All;
        var seconds = _run.Elapsed.TotalSeconds;
        yield return ($"{Count(all.Records)} records in {seconds:0.0} s ({Count((long)(seconds > 0 ? all.Records / seconds : 0))} records/s)", new Style(decoration: Decoration.Bold));
        yield return ($"  admitted {Count(all.Admitted)} · held {Count(all.Held)} · rejected {Count(all.Rejected)} · dead letters {Count(all.DeadLetters)}", Style.Plain);
        foreach (var line in Section("Held or rejected for", _totals.Reasons.Select(pair => (pair.Key, pair.Value.Count)), Example))
            yield return line;
        var identities = _totals.Identities.InOrder().Select(pair =>
            (pair.Identity, pair.Counts.Held + pair.Counts.Rejected)).Where(pair => pair.Item2 > 0);
        foreach (var line in Section("Identities with the most of them", identities))
            yield return line;
        foreach (var line in Section("Dead letters by rule", _totals.DeadLetterRules.Select(pair =>
            ($"{pair.Key} (first at {pair.Value.First})", pair.Value.Count))))
            yield return line;
        if (_attacked)
            yield return ($"Attack: {Count(_totals.Injected)} records injected, {Count(_totals.InjectedAdmitted)} admitted; {Count(_totals.CleanHeld)} clean records held", new Style(Color.Yellow));
        if (_totals.Identities.Others is { } others)
            yield return ($"More identities than are told apart: {Count(others.Records)} records are counted as {IdentityTally.OthersName}", new Style(Color.Yellow));
        if (_run.Caps.Reached)
            yield return (Caps(_run.Caps), new Style(Color.Yellow));
        if (_directory is not null)
            yield return ($"Files are in {_directory}", Style.Plain);
        foreach (var line in new TrustReport(_totals).Lines())
            yield return line;
    }

    private static string Caps(ShardCaps caps) =>
        $"Caps on memory were reached: forgotten were {Count(caps.IdentitiesForgotten)} identities that wrote longest ago and the evidence about {Count(caps.LedgersForgotten)} "
        + $"of the least suspicious; that about {Count(caps.LedgersCompacted)} was made compact; {Count(caps.RecordsNotMonitored)} records were not monitored";

    private string? Example(string subject)
    {
        var (count, first) = _totals.Reasons[subject];
        var text = first[(first.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon ? colon + 2 : 0)..];
        text = text.Length > MaxExample ? text[..(MaxExample - 1)] + "…" : text;
        return subject == first ? null : count > 1 ? $"e.g. {text}" : text;
    }

    private static IEnumerable<(string, Style)> Section(
        string title, IEnumerable<(string Name, long Count)> entries, Func<string, string?>? example = null)
    {
        var ordered = entries.OrderByDescending(entry => entry.Count).ThenBy(entry => entry.Name, StringComparer.Ordinal).ToList();
        if (ordered.Count == 0)
            yield break;
        yield return (title, new Style(decoration: Decoration.Bold));
        foreach (var (name, count) in ordered.Take(Top))
        {
            yield return ($"  {Count(count),10}  {name}", Style.Plain);
            if (example?.Invoke(name) is { } text)
                yield return ($"  {"",10}  {text}", new Style(decoration: Decoration.Dim));
        }

        if (ordered.Count > Top)
            yield return ($"  {Count(ordered.Skip(Top).Sum(entry => entry.Count)),10}  in {ordered.Count - Top} more", Style.Plain);
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
