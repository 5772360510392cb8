using System.Globalization;

namespace Assay.Evaluation.Labels;

/// <summary>Clean streams in every kind of split: false quarantines beside T/A.</summary>
internal static class CleanTable
{
    private static readonly string[] Hash =
    [
        "hash", "hash+skew", "hash+skew3", "hash+zipf", "hash+late", "hash+rare", "hash+drift", "hash+jump", "hash+wave",
    ];

    private static readonly string[] Mixed = ["hash+skew+zipf", "hash+skew3+late", "hash+skew3+jump"];

    private static readonly (int Sources, int Seeds)[] Cohorts = [(8, 6), (1, 4), (2, 3), (3, 3), (40, 3)];

    /// <returns>True if the 95 % upper limit of false quarantines is at most 1.5·T/A.</returns>
    public static bool Print(LabelTable table, LabelRun run, LabelSlicesArguments options, double threshold)
    {
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Clean streams, A = {threshold:N0}: false quarantines by split."));
        Console.WriteLine("| sources | splits × seeds | records | false | T/A | worst split |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var total = new Sum();
        var processor = TimeSpan.Zero;
        foreach (var (sources, seeds) in Cohorts)
        {
            var cohort = new Sum();
            var worst = (Split: "none", Sum: new Sum());
            string[] splits = sources == 1 ? Hash : [.. Hash, .. Mixed, .. ByColumn(table)];
            foreach (var text in splits)
            {
                var sum = new Sum();
                var split = new Split(text, table);
                for (var i = 0; i < (options.Quick ? 1 : seeds); i++)
                {
                    var draws = new Draws(options.Seed + 1000 + (ulong)i);
                    var rows = split.Deal(table, options.Positive, sources, 1, draws);
                    var outcome = run.Run(rows, sources, split.Hidden, -1, rows.Count, threshold, options.Tick);
                    sum += new Sum(outcome.Clean, outcome.FalseQuarantines);
                    processor += outcome.Processor;
                }

                cohort += sum;
                if (sum.False > worst.Sum.False)
                    worst = (text, sum);
            }

            total += cohort;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {sources} | {splits.Length} × {(options.Quick ? 1 : seeds)} | {cohort.Records:N0} | {cohort.False} | {cohort.Records / threshold:0.0} | {worst.Split}: {worst.Sum.False} of {worst.Sum.Records / threshold:0.0} |"));
        }

        var limit = PoissonLimit.Upper95(total.False);
        var allowed = 1.5 * total.Records / threshold;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Pooled: {total.False} false quarantines in {total.Records:N0} clean records, T/A = {total.Records / threshold:0.0}; 95 % upper limit {limit:0.0}, allowed {allowed:0.0}: {(limit <= allowed ? "within" : "**OVER**")}. {processor.TotalMicroseconds / total.Records:0.00} µs of processor a record, ledger and reference included."));
        return limit <= allowed;
    }

    /// <summary>By the categorical columns with the most values (seen, hidden, soft) and the first numeric one.</summary>
    private static IEnumerable<string> ByColumn(LabelTable table)
    {
        foreach (var column in (string[])["education", "age", "occupation", "native-country"])
        {
            if (table.Columns.Contains(column))
                yield return $"col:{column}";
        }

        foreach (var column in (string[])["relationship", "marital-status", "sex", "education"])
        {
            if (table.Columns.Contains(column))
                yield return $"hid:{column}";
        }

        foreach (var mixture in (string[])["col:education+skew", "hid:relationship/.5", "hid:marital-status/.5+zipf", "hid:sex+wave", "hid:relationship+rare"])
        {
            if (table.Columns.Any(c => mixture.Contains($":{c}", StringComparison.Ordinal)))
                yield return mixture;
        }
    }

    private readonly record struct Sum(long Records, int False)
    {
        public static Sum operator +(Sum a, Sum b) => new(a.Records + b.Records, a.False + b.False);
    }
}
