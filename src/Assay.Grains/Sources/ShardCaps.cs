using Assay.Contracts.State;
using Assay.Trust.Ledger;

namespace Assay.Grains.Sources;

/// <summary>What shards gave up at their caps on memory since they began.</summary>
/// <param name="IdentitiesForgotten">Identities whose counts were dropped: of those known, who wrote longest ago.</param>
/// <param name="LedgersForgotten">Identities whose evidence was dropped: the least suspicious of a few.</param>
/// <param name="LedgersCompacted">Identities whose evidence was brought to one number: the least suspicious of a few.</param>
/// <param name="RecordsNotMonitored">Records with evidence whose writer found no room, since all that were looked at are under suspicion.</param>
public sealed record ShardCaps(long IdentitiesForgotten, long LedgersForgotten, long LedgersCompacted, long RecordsNotMonitored)
{
    public static ShardCaps None { get; } = new(0, 0, 0, 0);

    public bool Reached => this != None;

    /// <param name="sections">Of one shard, with its state read.</param>
    public static ShardCaps Of(IReadOnlyList<KeyValuePair<string, IStateSection>> sections)
    {
        var identities = sections.Select(s => s.Value).OfType<IdentityRecords>().Single();
        var ledger = sections.Select(s => s.Value).OfType<EvidenceLedger>().Single();
        return new(identities.Forgotten, ledger.Evicted, ledger.Compacted, ledger.Refused);
    }

    public static ShardCaps operator +(ShardCaps a, ShardCaps b) => new(
        a.IdentitiesForgotten + b.IdentitiesForgotten,
        a.LedgersForgotten + b.LedgersForgotten,
        a.LedgersCompacted + b.LedgersCompacted,
        a.RecordsNotMonitored + b.RecordsNotMonitored);
}
