using System.Globalization;

namespace Assay.Evaluation.Bound;

/// <summary>What the conditions of the bound and its remedies do to an attack: poisoned records admitted before the quarantine, A = 10⁵.</summary>
internal static class PowerTables
{
    private const double A = 1e5;
    private const double PoisonShare = 0.1;
    private const double PoisonShift = 3;
    private const long CleanRecords = 8000;
    private const int FlipsFrom = 24_000;
    private const double FlipRate = 0.3;
    private const string Attacker = "w0";

    public static void Print(TextWriter output, int seed)
    {
        output.WriteLine();
        output.WriteLine("One writer of 8 turns bad after about 1,000 own clean records (scores: one record in 10 is poison, 3 standard deviations up; 200 runs) or 3,000 (labels: 3 positives in 10 turned where colour=red; 20 runs). A = 100,000.");
        output.WriteLine();
        output.WriteLine("| e-values | case | caught | leak median / p90 |");
        output.WriteLine("|---|---|--:|--:|");
        foreach (var share in (double[])[0, 0.01, 0.03, 0.1])
            Scores(output, seed, $"reference {share:0 %} poisoned, n = 5,000", () => new ConformalPlan { Contaminated = share });
        foreach (var n in (int[])[200, 1000])
            Scores(output, seed, $"n = {n:N0}", () => new ConformalPlan { N = n });
        Scores(output, seed, "autocorrelated 0.5, betting on one record in 4", () => new ConformalPlan { Phi = 0.5, Every = 4 });
        Scores(output, seed, "autocorrelated 0.5, whitened", () => new ConformalPlan { Phi = 0.5, Whitened = true });
        foreach (var weight in (double[])[1, 4])
            Scores(output, seed, $"posture weight {weight} of the attacker, 1 of the others", () => new ConformalPlan { Weight = weight });
        foreach (var share in (double[])[0, 0.01, 0.03, 0.1])
            Labels(output, seed, $"half the writers have {share:0 %} of positives turned", (s, flips) => new LabelStream(s) { Threshold = A, Contaminated = share, Turns = flips });
        Labels(output, seed, "labels autocorrelated 0.5", (s, flips) => new LabelStream(s) { Threshold = A, LabelPhi = 0.5, Turns = flips });
        Labels(output, seed, "labels autocorrelated 0.5, betting on one record in 4", (s, flips) => new LabelStream(s) { Threshold = A, LabelPhi = 0.5, Every = 4, Turns = flips });
    }

    private static void Scores(TextWriter output, int seed, string name, Func<ConformalPlan> plan)
    {
        const int Runs = 200;
        const long Most = 400_000;
        Print(output, "conformal", name, Runs, run =>
        {
            var poison = new Random(seed + run);
            var leaked = 0;
            var records = 0L;
            var chosen = plan();
            double[] weights = [chosen.Weight, 1, 1, 1, 1, 1, 1, 1];
            var stream = new ConformalStream(chosen.N, seed + run)
            {
                PerReference = long.MaxValue,
                Contaminated = chosen.Contaminated,
                Phi = chosen.Phi,
                Every = chosen.Every,
                Whitened = chosen.Whitened,
                Posture = new Posture(weights),
                Shift = writer =>
                {
                    if (++records <= CleanRecords || writer != 0 || poison.NextDouble() >= PoisonShare)
                        return 0;
                    leaked++;
                    return PoisonShift;
                },
            };
            return (new Fleet(stream, A), () => records > CleanRecords, () => leaked, Most);
        });
    }

    private static void Labels(TextWriter output, int seed, string name, Func<int, Func<long, int, string, bool>, LabelStream> make)
    {
        const int Runs = 20;
        const long Most = 3 * FlipsFrom;
        Print(output, "label-slices", name, Runs, run =>
        {
            var turns = new Random(seed + run);
            var leaked = 0;
            var records = 0L;
            var stream = make(seed + run, (now, writer, colour) =>
            {
                records = now;
                if (now < FlipsFrom || writer != 0 || colour != "red" || turns.NextDouble() >= FlipRate)
                    return false;
                leaked++;
                return true;
            });
            return (new Fleet(stream, A), () => records >= FlipsFrom, () => leaked, Most);
        });
    }

    private static void Print(
        TextWriter output, string evidence, string name, int runs, Func<int, (Fleet Fleet, Func<bool> Attacking, Func<int> Leaked, long Most)> start)
    {
        var leaks = new List<int?>();
        for (var run = 0; run < runs; run++)
        {
            var (fleet, attacking, leaked, most) = start(run);
            while (!attacking())
                fleet.Step();
            var before = fleet.QuarantinesOf(Attacker);
            while (fleet.Records < most && fleet.QuarantinesOf(Attacker) == before)
                fleet.Step();
            leaks.Add(fleet.QuarantinesOf(Attacker) > before ? leaked() : null);
        }

        int?[] sorted = [.. leaks.OrderBy(l => l ?? int.MaxValue)];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {evidence} | {name} | {leaks.Count(l => l is not null)}/{runs} | {Text(sorted[runs / 2])} / {Text(sorted[runs * 9 / 10])} |"));
    }

    private static string Text(int? leak) => leak?.ToString(CultureInfo.InvariantCulture) ?? "–";

    private sealed record ConformalPlan
    {
        public int N { get; init; } = 5000;

        public double Contaminated { get; init; }

        public double Phi { get; init; }

        public int Every { get; init; } = 1;

        public bool Whitened { get; init; }

        public double Weight { get; init; } = 1;
    }
}
