namespace Assay.Detection.Reference;

internal static class Logistic
{
    public static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    public static double OfOdds(double odds) => odds / (1 + odds);
}
