using System.Globalization;
using Assay.Detection.Reference;

namespace Assay.Evaluation.Bound;

/// <summary>
/// The mean of a conformal e-value on clean records given the reference, in closed form: whether, with this reference, it is an e-value at all. Over
/// references the mean is at most 1 whatever their size; but a reference that is kept serves many records, and where it was drawn unluckily all of them
/// share the error.
/// </summary>
public static class ReferenceMeans
{
    /// <summary>Σ over ranks of P(rank | reference) times the mean of κ·p^(κ−1) within the rank, averaged over κ.</summary>
    /// <param name="random">Draws the reference: n uniform scores, as good as any continuous ones.</param>
    /// <returns>The mean as <see cref="ConformalReference"/> gives it.</returns>
    public static double Draw(int n, Random random)
    {
        var scores = new double[n];
        for (var i = 0; i < n; i++)
            scores[i] = random.NextDouble();
        var reference = new ConformalReference(scores);
        Array.Sort(scores);
        var mean = 0.0;
        foreach (var kappa in ConformalReference.Kappas)
        {
            var sum = 0.0;
            for (var above = 0; above <= n; above++)
            {
                var share = (above == 0 ? 1 : scores[n - above]) - (above == n ? 0 : scores[n - above - 1]);
                sum += share * (n + 1) * (Math.Pow((above + 1.0) / (n + 1), kappa) - Math.Pow((double)above / (n + 1), kappa));
            }

            mean += sum * reference.EValue(1, kappa) / kappa / ConformalReference.Kappas.Length;
        }

        return mean;
    }

    public static void Print(TextWriter output, int seed)
    {
        const int Draws = 1000;
        output.WriteLine();
        output.WriteLine("Conformal: mean e-value of clean records given the reference, 1,000 references, exact for each. Above 1 it is no e-value.");
        output.WriteLine();
        output.WriteLine("| n | references above 1 | not deflated | 99th percentile | highest |");
        output.WriteLine("|--:|--:|--:|--:|--:|");
        foreach (var n in (int[])[200, 1000, 5000])
        {
            var random = new Random(seed);
            double[] means = [.. Enumerable.Range(0, Draws).Select(_ => Draw(n, random)).Order()];
            var deflator = 1 / (1 + (2 / Math.Sqrt(n)));
            double Above(double limit) => means.Count(m => m > limit) / (double)Draws;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {n:N0} | {Above(1):0.0 %} | {Above(deflator):0.0 %} | {means[Draws * 99 / 100]:0.000} | {means[^1]:0.000} |"));
        }
    }
}
