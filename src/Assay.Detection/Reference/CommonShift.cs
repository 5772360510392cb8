namespace Assay.Detection.Reference;

/// <summary>
/// A shift of log odds that the owners share (DETECTION §2a, step 3). Of three and more owners it is the median of their recent offsets, weighted by
/// information; of two, the smaller of their offsets where both point the same way, so that one alone moves nothing. What is no larger than half its own
/// noise is no shift; a larger one is shrunk by the non-negative garrote (Breiman 1995), which leaves a clear shift nearly whole.
/// </summary>
internal static class CommonShift
{
    private const int MinOwners = 2;
    private const double MinInformation = 0.5;

    // A median of normal estimates has 1.25 times the standard error of their mean; half of that is the threshold.
    private const double Noise = 0.5 * 1.25;

    /// <returns>Null where there are fewer than two owners to agree.</returns>
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
        if (offsets.Count == MinOwners)
            return Agreed(Shrink(offsets[0].Offset, offsets[0].Weight), Shrink(offsets[1].Offset, offsets[1].Weight));
        offsets.Sort();
        var total = offsets.Sum(o => o.Weight);
        var below = 0.0;
        return Shrink(offsets.First(o => (below += o.Weight) >= total / 2).Offset, total);
    }

    private static double Agreed(double one, double other) =>
        one * other <= 0 ? 0 : Math.Abs(one) < Math.Abs(other) ? one : other;

    private static double Shrink(double offset, double information)
    {
        var noise = Noise / Math.Sqrt(information);
        return Math.Abs(offset) <= noise ? 0 : offset - (noise * noise / offset);
    }
}
