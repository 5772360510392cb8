using Assay.Contracts.Cohorts;
using Assay.Contracts.Evidence;
using Assay.Contracts.Sources;
using Assay.Contracts.Trust;
using Assay.Host.Replay.Ticks;

namespace Assay.Host.Tests.Replay.Ticks;

/// <summary>Grains that answer as told and note what they are asked, in order.</summary>
internal sealed class FakeTickGrains : ITickGrains
{
    public List<string> Calls { get; } = [];

    public Dictionary<string, ShardNews> News { get; } = [];

    public Dictionary<string, StandingOutcome> Outcomes { get; } = [];

    public Dictionary<string, StandingOutcome> Contests { get; } = [];

    public Dictionary<string, CohortView> Views { get; } = [];

    public ISourceGrain Source(SourceId id) => new Shard(this, id);

    public IIdentityGrain Identity(StandingKey key) => new Person(this, key.ToString());

    public ICohortGrain Cohort(string dataset) => new Cohorts(this, dataset);

    private sealed class Shard(FakeTickGrains grains, SourceId id) : ISourceGrain
    {
        public ValueTask<ShardNews> News()
        {
            grains.Calls.Add($"news {id}");
            return new(grains.News.GetValueOrDefault(id.ToString(), ShardNews.None));
        }

        public ValueTask<BatchResult> Apply(SourceBatch batch) => throw new NotSupportedException();

        public ValueTask<CheckpointResult> Checkpoint(long acknowledged) => throw new NotSupportedException();

        public ValueTask Release() => throw new NotSupportedException();

        public ValueTask<byte[]> Snapshot() => throw new NotSupportedException();
    }

    private sealed class Person(FakeTickGrains grains, string key) : IIdentityGrain
    {
        public ValueTask<StandingOutcome> Report(ShardReport[] reports)
        {
            grains.Calls.Add($"report {key}: {string.Join(", ", reports.Select(r => r.Shard))}");
            return new(grains.Outcomes.GetValueOrDefault(key, StandingOutcome.Unchanged));
        }

        public ValueTask<StandingOutcome> Note(ShardReport[] reports)
        {
            grains.Calls.Add($"note {key}: {string.Join(", ", reports.Select(r => r.Shard))}");
            return new(StandingOutcome.Unchanged);
        }

        public ValueTask<StandingOutcome> Contest()
        {
            grains.Calls.Add($"contest {key}");
            return new(grains.Contests.GetValueOrDefault(key, StandingOutcome.Unchanged));
        }

        public ValueTask<Decision?> Latest() => throw new NotSupportedException();
    }

    private sealed class Cohorts(FakeTickGrains grains, string dataset) : ICohortGrain
    {
        public ValueTask Contribute(CohortContribution contribution)
        {
            grains.Calls.Add($"contribute {dataset}: {contribution.Shard}");
            return default;
        }

        public ValueTask<CohortView?> Publish()
        {
            grains.Calls.Add($"publish {dataset}");
            return new(grains.Views.GetValueOrDefault(dataset));
        }

        public ValueTask<bool> Note(StandingKey key, double mass, long records) => throw new NotSupportedException();

        public ValueTask<BreakerAnswer> Allow(StandingKey key, long records) => throw new NotSupportedException();
    }
}
