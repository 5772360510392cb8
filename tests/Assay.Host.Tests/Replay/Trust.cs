using Assay.Contracts.Evidence;
using Assay.Contracts.Trust;

namespace Assay.Host.Tests.Replay;

/// <summary>Decisions and reports as shards and identities make them.</summary>
internal static class Trust
{
    public static Decision Decision(string identity, Standing standing, long epoch = 1, string? at = null, string? onset = null, string reason = "for a test") => new()
    {
        Identity = identity,
        Standing = standing,
        Epoch = epoch,
        At = at,
        Onset = onset,
        Reason = reason,
        Evidence = new DecisionEvidence(5, 1e5),
    };

    public static ShardReport Report(string identity, string shard, double mass = 1, long seenEpoch = 0, RecordPlace at = default, RecordPlace? onset = null) => new()
    {
        Key = new StandingKey(identity),
        Shard = shard,
        Dataset = "d",
        Sequence = 1,
        SeenEpoch = seenEpoch,
        Mass = mass,
        MonitoredRecords = 10,
        At = at,
        Onset = onset,
    };
}
