using System.Globalization;

namespace Assay.Evaluation.Labels;

/// <summary>Attacks on sources: how many are caught, what leaks before, whether the slice is named, at the quarantine and in the end; beside the figures to reach.</summary>
internal static class AttackTable
{
    private static readonly AttackCase[] Cases =
    [
        new("hash", 8, 1, "occupation", "Exec-managerial", 0.3, new(20, 14, 35, null, 14)),
        new("hash", 8, 1, "workclass", "Private", 0.3, new(20, 20, 31, 54, 19)),
        new("hash", 8, 1, "occupation", "Exec-managerial", 1, new(20, 20, 9, 12, 16)),
        new("hash", 8, 1, "workclass", "Private", 1, new(20, 20, 11, 16, 19)),
        new("hash+skew", 8, 1, "occupation", "Exec-managerial", 0.3, new(20, 10, null, null, 8)),
        new("hash+skew", 8, 1, "workclass", "Private", 0.3, new(20, 20, 29, 48, 18)),
        new("hash+skew", 8, 4, "occupation", "Exec-managerial", 0.3, new(10, 10, 12, 23, 10)),
        new("hash+skew", 8, 4, "workclass", "Private", 0.3, new(10, 10, 20, 46, 9)),
        new("hash", 1, 1, "occupation", "Exec-managerial", 0.3, new(20, 20, 21, 41, 19)),
        new("hash", 1, 1, "workclass", "Private", 0.3, new(20, 20, 18, 57, 17)),
        new("hash", 40, 1, "workclass", "Private", 0.3, new(12, 0, null, null, 0)),
        new("hash", 40, 1, "workclass", "Private", 1, new(12, 12, 16, 23, 10)),
    ];

    public static bool Print(LabelTable table, LabelRun run, LabelSlicesArguments options, int runs)
    {
        Console.WriteLine();
        Console.WriteLine("A = 100,000, onset at half-time. Leak: turned labels admitted before quarantine (median / p90, – where fewer were caught). In brackets: the figure to reach.");
        Console.WriteLine("Named: by the quarantine, and by the last decision, which comes when the evidence has squared.");
        Console.WriteLine("| split | sources | attack | caught | leak median / p90 | named at once | named in the end (else) | false | reached |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        var reached = true;
        foreach (var test in Cases)
        {
            if (table.Columns.Contains(test.Column))
                reached &= Print(table, run, options, test, runs);
        }

        return reached;
    }

    private static bool Print(LabelTable table, LabelRun run, LabelSlicesArguments options, AttackCase test, int runs)
    {
        const double Threshold = 1e5;
        const double Tolerance = 1.2;
        var split = new Split(test.Split, table);
        var attack = new FlipAttack(test.Column, test.Value, test.Rate);
        var outcomes = new List<LabelOutcome>();
        for (var i = 0; i < runs; i++)
        {
            var draws = new Draws(options.Seed + (ulong)i);
            var rows = split.Deal(table, options.Positive, test.Sources, test.Passes, draws);
            var attacker = attack.Apply(table, rows, test.Sources, draws);
            if (attacker >= 0)
                outcomes.Add(run.Run(rows, test.Sources, split.Hidden, attacker, (int)(rows.Count * attack.Onset), Threshold, options.Tick));
        }

        var caught = outcomes.Count(o => o.Caught);
        var atOnce = outcomes.Count(o => o.Caught && o.Named == attack.Subject);
        var named = outcomes.Count(o => o.Caught && o.NamedLast == attack.Subject);
        var instead = outcomes.Where(o => o.Caught && o.NamedLast != attack.Subject).GroupBy(o => o.NamedLast).OrderByDescending(g => g.Count()).FirstOrDefault();
        int?[] leaks = [.. outcomes.Select(o => o.Caught ? o.Leaked : (int?)null).OrderBy(l => l ?? int.MaxValue)];
        var median = leaks[leaks.Length / 2];
        var p90 = leaks[leaks.Length * 9 / 10];
        var reached = caught * test.Goal.Runs >= test.Goal.Caught * outcomes.Count
            && named * test.Goal.Runs >= test.Goal.Named * outcomes.Count
            && (test.Goal.Median is null || median <= test.Goal.Median * Tolerance)
            && (test.Goal.P90 is null || p90 <= test.Goal.P90 * Tolerance);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {test.Split}{(test.Passes > 1 ? $" ×{test.Passes}" : "")} | {test.Sources} | {attack.Subject} {test.Rate} | {caught}/{outcomes.Count} ({test.Goal.Caught}/{test.Goal.Runs}) | {Text(median)} / {Text(p90)} ({Text(test.Goal.Median)} / {Text(test.Goal.P90)}) | {atOnce} | {named} ({test.Goal.Named}){(instead is null ? "" : $", {instead.Key}: {instead.Count()}")} | {outcomes.Sum(o => o.FalseQuarantines)} | {(reached ? "yes" : "**no**")} |"));
        return reached;
    }

    private static string Text(int? leak) => leak?.ToString(CultureInfo.InvariantCulture) ?? "–";

    private sealed record AttackCase(string Split, int Sources, int Passes, string Column, string Value, double Rate, Figures Goal);

    /// <summary>Figures of DETECTION §2a, from so many runs.</summary>
    private sealed record Figures(int Runs, int Caught, int? Median, int? P90, int Named);
}
