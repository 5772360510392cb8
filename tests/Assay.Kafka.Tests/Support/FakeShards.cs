using System.Collections.Concurrent;
using Assay.Contracts.Records;
using Assay.Contracts.Sources;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Ingress;

namespace Assay.Kafka.Tests.Support;

/// <summary>The cluster's grains, as far as the ingress sees them.</summary>
internal sealed class FakeShards : ISourceShards
{
    private readonly ConcurrentDictionary<SourceId, FakeSource> _sources = new();

    public bool CheckChain { get; init; } = true;

    public DatasetMode Mode { get; init; } = DatasetMode.Enforce;

    /// <summary>What this life of the cluster thinks of a record that has no verdict yet.</summary>
    public Func<InputRecord, VerdictKind> Score { get; init; } = _ => VerdictKind.Admit;

    /// <summary>Like a careless grain: judges anew what is settled.</summary>
    public bool IgnoreSettled { get; init; }

    public Func<SourceId, SourceBatch, ValueTask> BeforeApply { get; set; } = (_, _) => default;

    public Func<SourceId, ValueTask> BeforeCheckpoint { get; set; } = _ => default;

    public IReadOnlyCollection<KeyValuePair<SourceId, FakeSource>> All => [.. _sources];

    public FakeSource this[SourceId id] => _sources[id];

    public ISourceGrain Get(SourceId id) => _sources.GetOrAdd(id, key => new FakeSource(key, this));

    public Verdict Judge(SourceId id, in InputRecord record, VerdictKind settled)
    {
        var kind = settled != VerdictKind.None && !IgnoreSettled ? settled : Score(record);
        return new Verdict
        {
            Offset = record.Offset,
            Kind = kind,
            RecordId = $"{id.Topic}/{id.Partition}/{record.Offset}",
            Identity = id.Source,
            Dataset = "test",
            Mode = Mode,
            Score = 1.5,
            Reasons = kind == VerdictKind.Hold ? ["odd"] : [],
            Failure = kind == VerdictKind.DeadLetter ? new ReadFailure(ReadFailure.Stages.Map, "label", "no label") : null,
        };
    }
}
