using Assay.Contracts.Evidence;
using Assay.Contracts.Trust;

namespace Assay.Grains.Tests.Identities;

internal static class Reports
{
    public static ShardReport Of(StandingKey key, string shard, long sequence, double mass = 0) => new()
    {
        Key = key,
        Shard = shard,
        Dataset = "d",
        Sequence = sequence,
        SeenEpoch = 0,
        Mass = mass,
        MonitoredRecords = 10,
        At = new RecordPlace("r", "t", 0, sequence),
    };

    public static Decision Decision(string identity, long epoch, Standing standing) => new()
    {
        Identity = identity,
        Standing = standing,
        Epoch = epoch,
        Reason = "because",
        Evidence = new DecisionEvidence(1, 100),
    };
}
