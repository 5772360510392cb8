using System.Globalization;

namespace Assay.Evaluation.Bound;

/// <summary>
/// <c>bound [--records N] [--seed N] [--A X] [--only TEXT|references|leaks]</c>: false quarantines of clean streams beside T/A (DETECTION §3), and what
/// the conditions and the remedies do to the speed of detection. Ends with 1 where a case that claims the bound has an upper limit above 1.5.
/// </summary>
public static class BoundCommand
{
    private const double Allowed = 1.5;

    public static int Run(string[] args, TextWriter output)
    {
        var (records, seed, thresholds, only) = (1_000_000L, 9001, new double[] { 1000, 10_000 }, "");
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            switch (args[i])
            {
                case "--records": records = long.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
                case "--seed": seed = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
                case "--A": thresholds = [double.Parse(args[i + 1], CultureInfo.InvariantCulture)]; break;
                case "--only": only = args[i + 1]; break;
                default: throw new ArgumentException($"'{args[i]}' is no argument of bound.");
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{records:N0} clean records a case, seed {seed}. False quarantines by T/A;"));
        output.WriteLine("in brackets the 95 % upper limit; bold where T/A is exceeded beyond chance (5 %).");
        output.WriteLine();
        output.WriteLine($"| e-values | case | claim | {Cells(thresholds, a => string.Create(CultureInfo.InvariantCulture, $"A = {a:N0}"))} |");
        output.WriteLine($"|---|---|---|{string.Concat(thresholds.Select(_ => "--:|"))}");
        var kept = true;
        var runs = BoundCases.All.Where(c => c.ToString().Contains(only, StringComparison.Ordinal)).AsParallel().AsOrdered()
            .WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(c => (Case: c, Tallies: thresholds.Select(a => c.Run(a, seed, records)).ToArray()));
        foreach (var (test, tallies) in runs)
        {
            kept &= test.Claim != Claim.Holds || tallies.All(t => t.Limit <= Allowed);
            output.WriteLine($"| {test.Evidence} | {test.Name} | {Text(test.Claim)} | {Cells(tallies, Text)} |");
        }

        if (only.Length == 0 || only == "references")
            ReferenceMeans.Print(output, seed);
        if (only.Length == 0 || only == "leaks")
            AttackLeaks.Print(output, seed);
        return kept ? 0 : 1;
    }

    private static string Cells<T>(IEnumerable<T> values, Func<T, string> text) => string.Join(" | ", values.Select(text));

    private static string Text(Tally tally) =>
        string.Create(CultureInfo.InvariantCulture, $"{(tally.Exceeded ? "**" : "")}{tally.Ratio:0.00} ({tally.Limit:0.00}){(tally.Exceeded ? "**" : "")}");

    private static string Text(Claim claim) => claim switch
    {
        Claim.Holds => "at most 1",
        Claim.Control => "control: over 1",
        _ => "measured",
    };
}
