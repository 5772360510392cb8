using System.Globalization;

namespace Assay.Evaluation.Bound;

/// <summary>What the conditions of the bound, and the remedies, do to the speed of detection.</summary>
internal static class AttackLeaks
{
    private static IEnumerable<(Attack Attack, int Runs)> Cases()
    {
        const int Scores = 100;
        const int Labels = 20;
        foreach (var share in (double[])[0, 0.01, 0.03, 0.1])
            yield return (new ScoreAttack { Name = $"reference {share:0 %} poisoned, n = 5,000", Contaminated = share }, Scores);
        foreach (var n in (int[])[200, 1000])
            yield return (new ScoreAttack { Name = $"n = {n:N0}", N = n }, Scores);
        yield return (new ScoreAttack { Name = "autocorrelated 0.5, betting on one record in 4", Phi = 0.5, Every = 4 }, Scores);
        yield return (new ScoreAttack { Name = "autocorrelated 0.5, whitened", Phi = 0.5, Whitened = true }, Scores);
        foreach (var weight in (double[])[0.25, 4, 16])
            yield return (new ScoreAttack { Name = $"posture weight {weight} of the attacker, 1 of the 7 others", Weight = weight }, Scores);
        foreach (var share in (double[])[0, 0.01, 0.03, 0.1])
            yield return (new LabelAttack { Name = $"half the writers have {share:0 %} of positives turned", Contaminated = share }, Labels);
        foreach (var weight in (double[])[0.25, 4, 16])
            yield return (new LabelAttack { Name = $"posture weight {weight} of the attacker, 1 of the 7 others", Weight = weight }, Labels);
        yield return (new LabelAttack { Name = "labels autocorrelated 0.5", Phi = 0.5 }, Labels);
        yield return (new LabelAttack { Name = "labels autocorrelated 0.5, betting on one record in 4", Phi = 0.5, Every = 4 }, Labels);
    }

    public static void Print(TextWriter output, int seed)
    {
        output.WriteLine();
        output.WriteLine("One writer of 8 turns bad, A = 100,000. Conformal: one of its records in 10 is poison, 3 standard deviations up.");
        output.WriteLine("label-slices: 3 in 10 of its positives turned where colour=red.");
        output.WriteLine();
        output.WriteLine("| e-values | case | caught | leak median / p90 |");
        output.WriteLine("|---|---|--:|--:|");
        foreach (var (attack, runs) in Cases())
        {
            int?[] leaks = [.. Enumerable.Range(0, runs).Select(run => attack.Leak(seed + run)).OrderBy(l => l ?? int.MaxValue)];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {attack.Evidence} | {attack.Name} | {leaks.Count(l => l is not null)}/{runs} | {Text(leaks[runs / 2])} / {Text(leaks[runs * 9 / 10])} |"));
        }
    }

    private static string Text(int? leak) => leak?.ToString(CultureInfo.InvariantCulture) ?? "–";
}
