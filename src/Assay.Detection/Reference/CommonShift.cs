namespace Assay.Detection.Reference;

/// <summary>
/// A shift of log odds that the owners share (DETECTION §2a, step 3): the median of their recent offsets, weighted by information, and
/// soft-thresholded at its noise. With fewer than three owners nobody can say what is common.
/// </summary>
internal static class CommonShift
{
    private const int MinOwners = 3;
    private const double MinInformation = 0.5;

    // A median of normal estimates has 1.25 times the standard error of their mean.
    private const double MedianError = 1.25;

    /// <returns>Null where the owners are too few.</returns>
    public static double? Of(IEnumerable<OwnerShare> owners)
    {
        var offsets = new List<(double Offset, double Weight)>();
        foreach (var owner in owners)
        {
            if (owner.Information >= MinInformation)
                offsets.Add((owner.Score / (owner.Information + MinInformation), owner.Information));
        }

        if (offsets.Count < MinOwners)
            return null;
        offsets.Sort();
        var total = offsets.Sum(o => o.Weight);
        var below = 0.0;
        var median = offsets.First(o => (below += o.Weight) >= total / 2).Offset;
        return Math.CopySign(Math.Max(0, Math.Abs(median) - (MedianError / Math.Sqrt(total))), median);
    }
}
