namespace Assay.Detection.Reference;

/// <summary>
/// Keeps any owner from making the reference (DETECTION §3): owners above a level of volume weigh as much as the level, so chosen that none
/// has more than the cap of the weighted whole. Where the owners are few, the cap is 1.3 times an equal part.
/// </summary>
internal static class OwnerCap
{
    private const double FewOwners = 1.3;

    /// <summary>An owner with less says nothing about how many owners there are; otherwise a newcomer could bring everybody's weight down to its own.</summary>
    public const double MinVolume = 100;

    /// <param name="volumes">Volumes of the owners that a model learns from, 0 or more.</param>
    /// <param name="cap">Highest share, above 0 to 1.</param>
    public static double Level(IEnumerable<double> volumes, double cap)
    {
        double[] sorted = [.. volumes.Where(v => v >= MinVolume).OrderDescending()];
        cap = Math.Max(cap, FewOwners / sorted.Length);
        var rest = sorted.Sum();
        for (var capped = 0; capped < sorted.Length; capped++)
        {
            // So many owners at the level L, the rest as they are: L = cap·(capped·L + rest).
            var level = capped == 0 ? cap * rest : cap * rest / (1 - (capped * cap));
            if (capped * cap >= 1)
                break;
            if (level >= sorted[capped])
                return capped == 0 ? double.PositiveInfinity : level;
            rest -= sorted[capped];
        }

        return double.PositiveInfinity;
    }
}
