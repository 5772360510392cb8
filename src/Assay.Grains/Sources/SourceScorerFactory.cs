using Assay.Contracts.Ports;
using Assay.Contracts.Sources;
using Assay.Contracts.State;
using Assay.Detection;
using Assay.Detection.Statistics;
using Assay.Trust.Records;
using Microsoft.Extensions.Options;

namespace Assay.Grains.Sources;

/// <summary>Makes the scorer of a shard from the settings of this process.</summary>
public sealed class SourceScorerFactory(
    IRecordReaderFactory readers,
    DetectorSet detectors,
    ShardTrust trust,
    IOptions<SourceOptions> sourceOptions,
    IOptions<RecordPolicyOptions> policyOptions,
    IOptions<DatasetOptions> datasetOptions)
{
    private readonly DatasetPolicies _policies = new(datasetOptions.Value);

    public SourceScorer Create(SourceId id) => new(
        id, readers.CreateReader(id.Topic, id.Partition), _policies, trust, detectors, new RecordPolicy(policyOptions.Value), Identities());

    /// <summary>Fresh sections, for printing a state without its topic.</summary>
    public IReadOnlyList<KeyValuePair<string, IStateSection>> CreateSections()
    {
        var id = new SourceId("", 0, "");
        var identities = Identities();
        var created = detectors.Create();
        return SourceSections.List(
            created, new RecordPolicy(policyOptions.Value), identities, new SourceStatistics(),
            new ShardEvidence(id, trust, created, identities), new ShardCohort(id, trust.Views, detectors, created));
    }

    private IdentityRecords Identities() => new(sourceOptions.Value.MaxIdentities);
}
