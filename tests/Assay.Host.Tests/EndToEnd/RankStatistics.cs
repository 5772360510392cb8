namespace Assay.Host.Tests.EndToEnd;

internal static class RankStatistics
{
    /// <summary>Share of (positive, negative) pairs in which the positive scores higher; ties count half. 0 to 1.</summary>
    public static double Auroc(IReadOnlyCollection<(double Score, bool Positive)> scored)
    {
        var ranks = 0.0;
        var below = 0;
        foreach (var tied in scored.GroupBy(item => item.Score).OrderBy(group => group.Key))
        {
            var size = tied.Count();
            ranks += tied.Count(item => item.Positive) * (below + ((size + 1) / 2.0));
            below += size;
        }

        double positives = scored.Count(item => item.Positive);
        return (ranks - (positives * (positives + 1) / 2)) / (positives * (scored.Count - positives));
    }
}
