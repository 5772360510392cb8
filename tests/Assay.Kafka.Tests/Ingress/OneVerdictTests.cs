using System.Collections.Concurrent;
using Assay.Contracts.Records;
using Assay.Contracts.Sources;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Ingress;
using Assay.Kafka.Tests.Support;

namespace Assay.Kafka.Tests.Ingress;

/// <summary>A restart with state in memory, where the second life would judge otherwise.</summary>
public class OneVerdictTests
{
    private const int Records = 4_000;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Restart_WhenTheProcessWasKilled_KeepsEveryVerdictAndRebuildsState(bool real)
    {
        using var broker = new TestBroker(real);
        await broker.CreateTopics(2);
        var input = new TestInput(broker);
        input.Write(Records, sources: 5, partitions: 2);
        var (second, log) = await TwoLives(broker, input, new IngressSwitches(), second => second);

        Assert.Empty(Invariants.OutputViolations(broker, input));
        Assert.Empty(Invariants.Violations(broker, input, second));
        // What the first life had judged stays admitted, although the second life would have held it.
        Assert.All(Invariants.Verdicts(broker).Where(v => v.Key.Offset < Records / 10), v => Assert.Equal([VerdictKind.Admit], v.Value));
        Assert.Equal(input.Count / 2, broker.Committed(broker.Run, 0));
        Assert.True(log.JudgedCount < input.Count, "records below the committed offset only rebuild state");
    }

    [Fact]
    public async Task Restart_WhenGrainsJudgeAnewWhatIsSettled_StillProducesTheVerdictThatStands()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(2);
        var input = new TestInput(broker);
        input.Write(Records, sources: 5, partitions: 2);
        await TwoLives(broker, input, new IngressSwitches(), second => new FakeShards { Score = second.Score, IgnoreSettled = true });

        Assert.Empty(Invariants.OutputViolations(broker, input));
    }

    [Fact]
    public async Task Restart_WhenVerdictsAreNotReadBack_IsSeenToGiveSecondVerdicts()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(2);
        var input = new TestInput(broker);
        input.Write(Records, sources: 5, partitions: 2);
        await TwoLives(broker, input, new IngressSwitches { SkipReadBack = true }, second => second);

        Assert.Contains(Invariants.OutputViolations(broker, input), v => v.EndsWith("Admit and Hold", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restart_AfterAnOrderlyStop_ProducesNothingAgain()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(2);
        var input = new TestInput(broker);
        input.Write(Records, sources: 5, partitions: 2);
        var first = await TestIngress.Start(broker, new FakeShards());
        await first.Log.Until(log => log.JudgedCount == Records, "all judged");
        await first.DisposeAsync();
        var shards = new FakeShards { Score = Held };
        await using (var second = await TestIngress.Start(broker, shards))
            await second.Log.Until(log => log.Positions.Values.Sum(p => p.Position) == Records, "all read again");

        Assert.Empty(Invariants.Violations(broker, input, shards));
        Assert.Equal(Records, broker.Read(broker.Names.Admitted).Count);
        Assert.Equal(Records, broker.Read(broker.Names.Verdicts).Count);
        Assert.Empty(broker.Read(broker.Names.Held));
    }

    /// <summary>The first life admits everything, commits a part and dies; the second holds what has no verdict.</summary>
    private static async Task<(FakeShards Second, FlowLog Log)> TwoLives(
        TestBroker broker, TestInput input, IngressSwitches switches, Func<FakeShards, FakeShards> careless)
    {
        var saves = new ConcurrentDictionary<SourceId, int>();
        var shards = new FakeShards();
        // The first checkpoint of each shard is its last that succeeds, so that something is committed and more is judged.
        shards.BeforeCheckpoint = id => saves.AddOrUpdate(id, 1, (_, n) => n + 1) > 1 ? new ValueTask(new TaskCompletionSource().Task) : default;
        var first = await TestIngress.Start(broker, shards, ingress: o =>
        {
            o.CheckpointRecords = 100;
            o.MaxBatchRecords = 20;
        });
        await first.Log.Until(log => log.JudgedCount >= Records / 4 && log.Positions.Count == 2 && log.Positions.Values.All(p => p.Committed > 0), "a part judged and committed");
        await first.Kill();
        await first.DisposeAsync();
        input.Write(Records, sources: 5, partitions: 2);

        var secondShards = careless(new FakeShards { Score = Held });
        await using var second = await TestIngress.Start(broker, secondShards, switches);
        await second.Log.Until(log => log.Positions.Values.Sum(p => p.Committed) == input.Count, "all committed");
        return (secondShards, second.Log);
    }

    private static VerdictKind Held(InputRecord record) => VerdictKind.Hold;
}
