using Assay.Evaluation.Labels;

namespace Assay.Evaluation.Bound;

/// <summary>False quarantines in so many clean records, beside the stated T/A.</summary>
/// <param name="A">Clean records per false quarantine, as set.</param>
public readonly record struct Tally(long Records, int Quarantines, double A)
{
    /// <summary>
    /// What <see cref="Limit"/> may be where the bound is kept: e-values of small steps use up T/A exactly, and chance puts some cases above.
    /// </summary>
    public const double Margin = 1.15;

    /// <summary>T/A.</summary>
    public double Stated => Records / A;

    public double Ratio => Quarantines / Stated;

    /// <summary>95 % upper limit of <see cref="Ratio"/>, one-sided, quarantines taken as Poisson.</summary>
    public double Limit => PoissonLimit.Upper95(Quarantines) / Stated;

    public bool Kept => Limit <= Margin;

    /// <summary>More quarantines than T/A beyond chance: even the 95 % lower limit is above it.</summary>
    public bool Exceeded => PoissonLimit.Lower95(Quarantines) > Stated;
}
