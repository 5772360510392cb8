using Assay.Contracts.State;
using Assay.Detection;
using Assay.Detection.Statistics;
using Assay.Trust.Records;

namespace Assay.Grains.Sources;

/// <summary>The names under which the parts of a shard stand in its state. Permanent.</summary>
internal static class SourceSections
{
    public static IReadOnlyList<KeyValuePair<string, IStateSection>> List(
        IEnumerable<IDetector> detectors, RecordPolicy policy, IdentityRecords identities, SourceStatistics statistics, ShardEvidence evidence, ShardCohort cohort) =>
    [
        new("statistics", statistics),
        new("identities", identities),
        new("record-policy", policy),
        new("evidence", evidence.Ledger),
        new("posture", evidence.Posture),
        new("cohort", cohort),
        .. detectors.Select(d => new KeyValuePair<string, IStateSection>($"detector/{d.Id}", d)),
    ];
}
