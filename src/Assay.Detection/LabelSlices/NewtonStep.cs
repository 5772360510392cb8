namespace Assay.Detection.LabelSlices;

internal static class NewtonStep
{
    /// <summary>The factor on odds of a small step in log odds: e^step to the second order, always above 0.</summary>
    public static double Factor(double step) => 1 + step + (0.5 * step * step);
}
