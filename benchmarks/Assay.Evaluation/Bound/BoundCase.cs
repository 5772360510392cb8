namespace Assay.Evaluation.Bound;

/// <summary>One simulation.</summary>
/// <param name="Claim">What Assay says of it.</param>
/// <param name="Fleet">The fleet for an A and a seed.</param>
/// <param name="References">Above 1: so many fleets with a reference each, of which the worst counts, not the mean.</param>
public sealed record BoundCase(string Evidence, string Name, Claim Claim, Func<double, int, Fleet> Fleet, int References = 1)
{
    /// <param name="records">Clean records; a quarter of them for each fleet, where only the worst counts.</param>
    public Tally Run(double threshold, int seed, long records) => References == 1
        ? Fleet(threshold, seed).Run(records)
        : Enumerable.Range(0, References).Select(i => Fleet(threshold, seed + i).Run(records / 4)).MaxBy(t => t.Ratio);

    public override string ToString() => $"{Evidence}: {Name}";
}

public enum Claim
{
    /// <summary>At most T/A false quarantines.</summary>
    Holds,

    /// <summary>An assumption of the bound is broken: measured, and stated.</summary>
    Measured,

    /// <summary>Broken on purpose: the simulation must show it, or it could not show anything.</summary>
    Control,
}
