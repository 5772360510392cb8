using Assay.Contracts.Sources;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Ingress;
using Assay.Kafka.Tests.Support;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Ingress;

public class NothingLostTests
{
    private const int Records = 6_000;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Flow_WhenNothingFails_JudgesEveryRecordOnceAndCommitsTheEnd(bool real)
    {
        using var broker = new TestBroker(real);
        await broker.CreateTopics(2);
        var input = new TestInput(broker);
        input.Write(Records, sources: 7, partitions: 2);
        var shards = new FakeShards();
        var ingress = await TestIngress.Start(broker, shards);
        await ingress.Log.Until(log => log.JudgedCount == Records, "all judged");
        await ingress.DisposeAsync();

        Assert.Empty(Invariants.Violations(broker, input, shards));
        Assert.Empty(Invariants.OutputViolations(broker, input));
        Assert.Equal(Records, broker.Read(broker.Names.Admitted).Count);
        Assert.Equal(Records / 2, broker.Committed(broker.Run, 0));
        Assert.Equal(Records / 2, broker.Committed(broker.Run, 1));
        Assert.All(shards.All, s => Assert.Equal(1, s.Value.Releases));
        Assert.DoesNotContain(ingress.Log.Events, e => e.StartsWith("fault", StringComparison.Ordinal));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Flow_WhenGrainsDieBetweenBatches_ReadsAgainAndLosesNothing(bool real)
    {
        using var broker = new TestBroker(real);
        await broker.CreateTopics(2);
        var input = new TestInput(broker);
        input.Write(Records, sources: 5, partitions: 2);
        var shards = await RunWithDyingGrains(broker, checkChain: true, new IngressSwitches());

        Assert.Empty(Invariants.Violations(broker, input, shards));
        Assert.Empty(Invariants.OutputViolations(broker, input));
        Assert.Equal(Records / 2, broker.Committed(broker.Run, 0));
    }

    [Fact]
    public async Task Flow_WhenGrainsDieAndTheChainCheckIsOff_IsSeenToLose()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(2);
        var input = new TestInput(broker);
        input.Write(Records, sources: 5, partitions: 2);
        var shards = await RunWithDyingGrains(broker, checkChain: false, new IngressSwitches { IgnoreGaps = true });

        Assert.NotEmpty(Invariants.Violations(broker, input, shards));
    }

    [Fact]
    public async Task Flow_WhenOutputsAndCommitsFail_RepeatsThemAndLosesNothing()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(2);
        var input = new TestInput(broker);
        input.Write(Records, sources: 5, partitions: 2);
        broker.Embedded.FailProduce(
            ErrorCode.RequestTimedOut, ErrorCode.NotLeaderForPartition, ErrorCode.NotEnoughReplicas, ErrorCode.TopicAuthorizationFailed,
            ErrorCode.TopicAuthorizationFailed, ErrorCode.UnknownTopicOrPart);
        broker.Embedded.FailCommit(ErrorCode.GroupCoordinatorNotAvailable, ErrorCode.RequestTimedOut, ErrorCode.RebalanceInProgress);
        var shards = new FakeShards();
        var ingress = await TestIngress.Start(broker, shards);
        await ingress.Log.Until(log => log.JudgedCount == Records, "all judged");
        await ingress.DisposeAsync();

        Assert.Empty(Invariants.Violations(broker, input, shards));
        Assert.Empty(Invariants.OutputViolations(broker, input));
        Assert.Single(ingress.Log.Events, e => e.StartsWith("fault:outputs", StringComparison.Ordinal));
        Assert.Single(ingress.Log.Events, e => e.StartsWith("recovered:outputs", StringComparison.Ordinal));
        Assert.Equal(Records / 2, broker.Committed(broker.Run, 1));
    }

    [Fact]
    public async Task Flow_WhenGrainsAndStateFailForATime_SaysSoOnceAndLosesNothing()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(2);
        var input = new TestInput(broker);
        input.Write(Records, sources: 5, partitions: 2);
        var applied = 0;
        var saved = 0;
        var shards = new FakeShards
        {
            BeforeApply = (_, _) => Interlocked.Increment(ref applied) is > 3 and < 12 ? throw new TimeoutException("no answer") : default,
            BeforeCheckpoint = _ => Interlocked.Increment(ref saved) is > 2 and < 5 ? throw new IOException("disk") : default,
        };
        var ingress = await TestIngress.Start(broker, shards);
        await ingress.Log.Until(log => log.JudgedCount == Records, "all judged");
        await ingress.DisposeAsync();

        Assert.Empty(Invariants.Violations(broker, input, shards));
        Assert.Empty(Invariants.OutputViolations(broker, input));
        Assert.Contains(ingress.Log.Events, e => e.StartsWith("fault:sources", StringComparison.Ordinal) && e.Contains("no answer", StringComparison.Ordinal));
        Assert.Contains(ingress.Log.Events, e => e == "recovered:sources:");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Commit_AtEveryTime_StaysBelowWhatIsNotDurable(bool real)
    {
        using var broker = new TestBroker(real);
        await broker.CreateTopics(2);
        var input = new TestInput(broker);
        input.Write(Records, sources: 9, partitions: 2);
        var shards = new FakeShards();
        var commits = new List<TopicPartitionOffset>();
        var early = new List<string>();
        void Committing(TopicPartitionOffset commit)
        {
            commits.Add(commit);
            foreach (var ((source, partition), offsets) in input.Offsets)
            {
                if (partition != commit.Partition.Value)
                    continue;
                var below = offsets.LastOrDefault(o => o < commit.Offset.Value, -1);
                if (below >= 0 && shards[new SourceId(broker.Input, partition, source)].DurableLast < below)
                    early.Add($"{commit} before {source} at {below}");
            }
        }

        // Half of the sources stay silent after the first half, and must not hold the watermark.
        var ingress = await TestIngress.Start(broker, shards, new IngressSwitches { Committing = Committing }, o => o.MaxBatchRecords = 20);
        await ingress.Log.Until(log => log.Positions.Values.Sum(p => p.Committed) == Records, "all committed while running");
        await ingress.DisposeAsync();

        Assert.NotEmpty(commits);
        Assert.Empty(early);
    }

    private static async Task<FakeShards> RunWithDyingGrains(TestBroker broker, bool checkChain, IngressSwitches switches)
    {
        var calls = 0;
        FakeShards shards = null!;
        shards = new FakeShards
        {
            CheckChain = checkChain,
            Score = record => record.Offset % 3 == 0 ? VerdictKind.Hold : VerdictKind.Admit,
            BeforeApply = (id, batch) =>
            {
                if (Interlocked.Increment(ref calls) % 17 == 0 && calls < 200)
                    shards[id].Die();
                return default;
            },
        };
        var ingress = await TestIngress.Start(broker, shards, switches, o => o.MaxBatchRecords = 50);
        await ingress.Log.Until(log => log.JudgedCount == Records || switches.IgnoreGaps && log.Positions.Values.Sum(p => p.Committed) == Records, "all judged");
        await ingress.DisposeAsync();
        return shards;
    }
}
