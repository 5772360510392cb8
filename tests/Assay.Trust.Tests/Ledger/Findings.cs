using Assay.Contracts.Evidence;

namespace Assay.Trust.Tests.Ledger;

/// <summary>Findings and seeded numbers for tests.</summary>
internal static class Findings
{
    public static Finding Of(params (int Slot, double Value, double Weight)[] evidence)
    {
        var finding = new Finding();
        foreach (var (slot, value, weight) in evidence)
            finding.Add(slot, value, weight);
        return finding;
    }

    /// <summary>e = 1 + ε·p/(1−p) or 1 − ε: mean exactly 1 when a label is positive with probability p.</summary>
    public static double Flip(Random random, double p, double epsilon) =>
        random.NextDouble() < p ? 1 - epsilon : 1 + (epsilon * p / (1 - p));

    /// <summary>κ·p^(κ−1) of a uniform p: mean exactly 1.</summary>
    public static double Power(Random random, double kappa) => kappa * Math.Pow(1 - random.NextDouble(), kappa - 1);
}
