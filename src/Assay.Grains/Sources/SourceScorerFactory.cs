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
    IOptions<SourceOptions> sourceOptions,
    IOptions<RecordPolicyOptions> policyOptions,
    IOptions<DatasetOptions> datasetOptions)
{
    private readonly DatasetModes _modes = new(datasetOptions.Value);

    public SourceScorer Create(SourceId id) => new(
        id, readers.CreateReader(id.Topic, id.Partition), _modes, detectors.Create(), Policy(), Identities(), new SourceStatistics());

    /// <summary>Fresh sections, for printing a state without its topic.</summary>
    public IReadOnlyList<KeyValuePair<string, IStateSection>> CreateSections() =>
        SourceSections.List(detectors.Create(), Policy(), Identities(), new SourceStatistics());

    private RecordPolicy Policy() => new(policyOptions.Value);

    private IdentityRecords Identities() => new(sourceOptions.Value.MaxIdentities);
}
