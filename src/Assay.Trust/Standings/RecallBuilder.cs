using Assay.Contracts.Evidence;
using Assay.Contracts.Trust;

namespace Assay.Trust.Standings;

/// <summary>What to take back after a quarantine: the identity's records since the onset, in each shard that has evidence of its own.</summary>
public static class RecallBuilder
{
    /// <summary>A shard whose evidence is a smaller share of the whole than this says nothing about when it began.</summary>
    internal const double MinShare = 0.01;

    /// <param name="evidence">As it stood at the quarantine: call before the machine voids it.</param>
    /// <param name="epoch">Epoch of the decision that the recall follows.</param>
    /// <returns>Null where nothing was admitted since the onset.</returns>
    public static Recall? Since(StandingKey key, EvidenceSum evidence, long epoch)
    {
        var shards = Shards(evidence);
        if (shards.Length == 0)
            return null;
        var heaviest = shards.MaxBy(evidence.Counted)!;
        return new Recall
        {
            Identity = key.Identity,
            Source = key.Source,
            Epoch = epoch,
            From = heaviest.Onset!.Value.Id,
            To = heaviest.At.Id,
            Records = shards.Sum(s => s.AdmittedSinceOnset),
            Ranges = [.. shards.Select(s => new RecallRange(s.At.Topic, s.At.Partition, s.Onset!.Value.Offset, s.At.Offset))],
        };
    }

    /// <summary>The shards that a recall names.</summary>
    internal static ShardReport[] Shards(EvidenceSum evidence) =>
    [
        .. evidence.Reports.Where(
            r => r.Onset is not null && r.AdmittedSinceOnset > 0 && evidence.Counted(r) >= MinShare * evidence.Mass && evidence.Mass > 0),
    ];
}
