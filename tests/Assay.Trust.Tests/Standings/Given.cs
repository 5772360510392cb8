using Assay.Contracts.Evidence;
using Assay.Contracts.Trust;
using Assay.Trust.Frameworks;
using Assay.Trust.Standings;

namespace Assay.Trust.Tests.Standings;

/// <summary>An identity with shards that report on it.</summary>
internal sealed class Given
{
    private readonly Dictionary<string, long> _sequence = [];

    public StandingOptions Options { get; } = new() { CleanRecordsPerFalseQuarantine = 1000, ProvenRecords = 100, ClearRecords = 50, ProbationRecords = 200 };

    public StandingMachine Machine => new(Options, FrameworkCatalog.Shipped);

    public StandingState State { get; } = new(new StandingKey("writer"));

    public ShardReport Report(double mass, long records, string shard = "s0", long? seen = null)
    {
        var sequence = _sequence[shard] = _sequence.GetValueOrDefault(shard) + 1;
        return new ShardReport
        {
            Key = State.Key,
            Shard = shard,
            Dataset = "data",
            Sequence = sequence,
            SeenEpoch = seen ?? State.Epoch,
            Mass = mass,
            MonitoredRecords = records,
            At = new RecordPlace($"{shard}-{records}", "topic", 0, records),
            Onset = mass > 0 ? new RecordPlace($"{shard}-{records / 2}", "topic", 0, records / 2) : null,
            AdmittedSinceOnset = mass > 0 ? records - (records / 2) : 0,
            Detector = mass > 0 ? "label-slices" : null,
            Subject = mass > 0 ? "occupation=Exec-managerial" : null,
            Sentence = mass > 0 ? "label >50K is going missing where occupation=Exec-managerial: 12 of 63 records, 25.3 expected" : null,
        };
    }

    public Decision? Reports(double mass, long records, string shard = "s0", long? seen = null) =>
        Machine.Report(State, Report(mass, records, shard, seen));

    public Given Trusted()
    {
        Reports(0, 100);
        Assert.Equal(Standing.Trusted, State.Current);
        return this;
    }

    /// <summary>The quarantine of <see cref="Quarantined"/>.</summary>
    public Decision Quarantine { get; private set; } = null!;

    public Given Quarantined()
    {
        Trusted().Reports(1000, 150);
        Quarantine = Machine.Accuse(State, allowed: true)!;
        Assert.Equal(Standing.Quarantined, State.Current);
        return this;
    }
}
