using Assay.Contracts.Trust;

namespace Assay.Host.Live;

/// <summary>What a run comes to, printed when it ends.</summary>
public static class RunSummary
{
    private const int MaxSources = 40;
    private const int MaxStandings = 20;
    private const int NameWidth = 20;
    private const int Indent = 6;
    private const int LongestReason = 600;

    /// <summary>Lines are made for terminals of 80 columns.</summary>
    private const int Width = 79;

    /// <param name="attacks">Empty where the traffic was not generated.</param>
    public static void Write(TextWriter output, FlowSnapshot flow, IReadOnlyList<AttackProgress> attacks)
    {
        var totals = flow.Totals;
        output.WriteLine();
        output.WriteLine($"Ran {Words.Clock(flow.Uptime)}, {Words.Count(totals.Records)} records judged.");
        Row(output, "admitted", totals.Admitted, totals.Records);
        Row(output, "held", totals.Held, totals.Records);
        Row(output, "rejected", totals.Rejected, totals.Records);
        Row(output, "dead letters", totals.DeadLetters, totals.Records);
        WriteStandings(output, flow);
        WriteRules(output, flow);
        WriteSources(output, flow);
        WriteAttacks(output, attacks);
        WriteEnd(output, flow);
        output.Flush();
    }

    private static void Row(TextWriter output, string name, long count, long records) =>
        output.WriteLine($"  {name,-14}{Words.Count(count),14}{Words.Share(count, records),10}");

    private static void WriteStandings(TextWriter output, FlowSnapshot flow)
    {
        if (flow.Standings.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Not in good standing:");
        }

        foreach (var standing in flow.Standings.Take(MaxStandings))
        {
            var decision = standing.Decision;
            var where = decision.Source is null ? "" : $" in {decision.Source}";
            output.WriteLine(TerminalText.Clean($"  {decision.Standing.Name()} at {Words.Clock(standing.At)}: {decision.Identity}{where}", Width));
            foreach (var line in TerminalText.Wrap(TerminalText.Clean(decision.Reason, LongestReason), Width - Indent))
                output.WriteLine($"      {line}");
            output.WriteLine($"      {Words.Count(standing.Held)} held, {Words.Count(standing.Leaked)} leaked, {Words.Count(standing.Recalled)} recalled"
                + (standing.InEffect is { } after ? $"; in effect after {Words.Seconds(after)}" : ""));
        }

        var more = flow.Standings.Count - Math.Min(MaxStandings, flow.Standings.Count) + flow.StandingsUnshown;
        if (more > 0)
            output.WriteLine($"  and {Words.Count(more)} more");
        foreach (var dataset in flow.Contested)
            output.WriteLine(TerminalText.Clean($"Contested: {dataset}. Too many of its writers are under suspicion; nobody is accused.", Width));
    }

    private static void WriteRules(TextWriter output, FlowSnapshot flow)
    {
        if (flow.DeadLetterRules.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine("Dead letters by rule:");
        foreach (var rule in flow.DeadLetterRules)
            output.WriteLine(TerminalText.Clean($"  {Words.Count(rule.Count),9}  {rule.Topic} {rule.Rule}: {rule.LatestReason}", Width));
    }

    private static void WriteSources(TextWriter output, FlowSnapshot flow)
    {
        if (flow.Sources.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine($"  {"source",-NameWidth}  {"records",12}{"admitted",12}{"held",8}{"rejected",9}{"dead",6}{"worst",7}");
        foreach (var topic in flow.Sources.Take(MaxSources).GroupBy(s => s.Topic))
        {
            output.WriteLine($"  {TerminalText.Clean(topic.Key, Width)}");
            foreach (var source in topic)
            {
                var counts = source.Counts;
                output.WriteLine($"    {TerminalText.Clean(source.Source, NameWidth),-NameWidth}{Words.Count(counts.Records),12}{Words.Count(counts.Admitted),12}"
                    + $"{Words.Count(counts.Held),8}{Words.Count(counts.Rejected),9}{Words.Count(counts.DeadLetters),6}{Words.Score(source.MaxScore),7}");
            }
        }

        if (flow.Sources.Count > MaxSources)
            output.WriteLine($"  and {flow.Sources.Count - MaxSources} more");
    }

    private static void WriteAttacks(TextWriter output, IReadOnlyList<AttackProgress> attacks)
    {
        if (attacks.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine("What the generator did, and what Assay made of it:");
        foreach (var (attack, sent, seen, caught) in attacks)
        {
            output.WriteLine($"  {attack.Description}");
            output.WriteLine(
                $"      from record {Words.Count(attack.Start)}, {Words.Count(sent)} sent: {Words.Count(seen.Held)} held, "
                + $"{Words.Count(seen.Rejected)} rejected, {Words.Count(seen.Admitted)} admitted"
                + (attack.Kind == Traffic.AttackKind.MalformedMessages ? "; see dead letters" : ""));
            if (caught is not null)
                output.WriteLine($"      caught at {Words.Clock(caught.At)} after {Words.Count(caught.Sent)} sent{(caught.ForTheAttack ? "" : ", for something else")}");
        }
    }

    private static void WriteEnd(TextWriter output, FlowSnapshot flow)
    {
        output.WriteLine();
        foreach (var pause in flow.Paused)
            output.WriteLine($"Paused: {TerminalText.Clean(pause.Topic)} ({TerminalText.Clean(pause.Rule)}): {TerminalText.Clean(pause.Message)}");
        foreach (var fault in flow.Faults)
            output.WriteLine($"Still failing: {TerminalText.Clean(fault.Area)}: {TerminalText.Clean(fault.Message)}");
        output.WriteLine($"Lag at exit: {Words.Count(flow.Topics.Sum(t => t.Lag + t.LagAtRelease))} records.");
    }
}
