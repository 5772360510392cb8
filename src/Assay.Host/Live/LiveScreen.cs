using Assay.Contracts.Verdicts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Assay.Host.Live;

/// <summary>
/// Lays a snapshot out for a terminal of a given size: header, who is not in good standing, sources, attacks under way, latest notable verdicts, faults.
/// </summary>
public static class LiveScreen
{
    /// <summary>From this width on, sources show their topic and each verdict a column of its own.</summary>
    private const int Wide = 100;

    /// <summary>The least width that the layout is made for; a narrower terminal shows the left part of it.</summary>
    private const int MinLayout = 80;

    private const int LongestLine = 1_000;
    private const int MaxLimits = 3;

    /// <param name="attacks">Empty where the traffic is not generated.</param>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Lines, 1 or more; the result never has more.</param>
    public static IRenderable Render(FlowSnapshot flow, RunInfo run, IReadOnlyList<AttackProgress> attacks, int width, int height)
    {
        var layout = Math.Max(MinLayout, width);
        var parts = new List<IRenderable>();
        parts.AddRange(Header(flow, run).Concat(Trouble(flow)).Select(line => new Cropped(new Markup(line), LongestLine, layout, 1)));

        // Two lines of table head and one of "more" for each part, one blank line between parts.
        var free = Math.Max(3, height - parts.Count - 1);
        if (flow.Standings.Count > 0)
        {
            var named = Math.Min(flow.Standings.Count, Math.Max(1, free / 5));
            parts.Add(Text.Empty);
            parts.Add(new Cropped(StandingsTable.Render(flow, named, layout), layout, layout, named + 2));
            free -= named + 3;
        }

        var withAttacks = attacks.Count > 0 && free >= 24;
        var sources = Math.Min(flow.Sources.Count, Math.Max(3, withAttacks ? free / 2 - 3 : free * 3 / 5 - 2));
        parts.Add(Text.Empty);
        parts.Add(SourceTable.Render(flow.Sources, sources, width >= Wide));
        free -= sources + 3;
        if (withAttacks)
        {
            var shown = Math.Min(attacks.Count, Math.Max(2, free / 2 - 2));
            parts.Add(Text.Empty);
            parts.Add(AttackTable.Render(attacks, shown, layout));
            free -= shown + 3;
        }

        else if (attacks.Count > 0)
        {
            parts.Add(new Cropped(AttackTable.Line(attacks), LongestLine, layout, 1));
            free--;
        }

        parts.Add(Text.Empty);
        parts.Add(NotableTable.Render(flow.Notable, Math.Max(1, free - 2), layout));
        return new Cropped(new Rows(parts), layout, width, height);
    }

    private static IEnumerable<string> Header(FlowSnapshot flow, RunInfo run)
    {
        var totals = flow.Totals;
        yield return $"[bold]assay[/]  [yellow]{Safe(run.Mode)}[/]  up {Words.Clock(flow.Uptime)}  [bold]{Words.Rate(flow.Rate)}[/] records/s  "
            + $"lag {Words.Count(flow.Lag)} ({Words.Count(flow.Unread)} unread)  [grey]{Safe(run.Place)}[/]";
        yield return $"[bold]{Words.Count(totals.Records)}[/] records  [green]{Words.Count(totals.Admitted)} admitted[/]  "
            + $"[yellow]{Words.Count(totals.Held)} held[/]  [red]{Words.Count(totals.Rejected)} rejected[/]  "
            + $"[grey]{Words.Count(totals.DeadLetters)} dead letters[/]"
            + (run.Http is null ? "" : $"  [grey]{Safe(run.Http)}/metrics[/]");
        foreach (var limit in run.Limits.Take(MaxLimits))
            yield return $"[grey]{Safe(limit)}[/]";
    }

    private static IEnumerable<string> Trouble(FlowSnapshot flow)
    {
        foreach (var pause in flow.Paused.Take(3))
            yield return $"[black on yellow] PAUSED [/] {Safe(pause.Topic)}  {Safe(pause.Rule)}: {Safe(pause.Message)}";
        foreach (var dataset in flow.Contested.Take(3))
            yield return $"[black on yellow] CONTESTED [/] {Safe(dataset)}: too many of its writers are under suspicion at once; nobody is accused, a person is needed";
        foreach (var fault in flow.Faults.Take(3))
            yield return $"[white on red] FAULT [/] {Safe(fault.Area)} since {Words.Clock(fault.Since)}: {Safe(fault.Message)}";
    }

    internal static string Safe(string text, int maxLength = 240) => Markup.Escape(TerminalText.Clean(text, maxLength));

    internal static string Colour(VerdictKind kind) => kind switch
    {
        VerdictKind.Admit => "green",
        VerdictKind.Hold => "yellow",
        VerdictKind.Reject => "red",
        _ => "grey",
    };
}
