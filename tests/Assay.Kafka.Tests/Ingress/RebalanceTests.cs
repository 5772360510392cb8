using Assay.Kafka.Tests.Support;

namespace Assay.Kafka.Tests.Ingress;

public class RebalanceTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Join_WhenAnotherSiloComesAndGoes_HandsPartitionsOverWithoutLossOrSecondVerdict(bool real)
    {
        using var broker = new TestBroker(real);
        await broker.CreateTopics(4);
        var input = new TestInput(broker);
        input.Write(4_000, sources: 6, partitions: 4);
        // One cluster: both silos reach the same grains.
        var shards = new FakeShards();
        await using var first = await TestIngress.Start(broker, shards, ingress: o => o.MaxBatchRecords = 50);
        await first.Log.Until(log => log.JudgedCount >= 1_000, "the first works");
        var second = await TestIngress.Start(broker, shards, ingress: o => o.MaxBatchRecords = 50);
        await second.Log.Until(log => log.Positions.Count == 2, "the second owns its half");
        input.Write(4_000, sources: 6, partitions: 4);
        await second.Log.Until(log => log.JudgedCount > 0, "the second works");
        await second.DisposeAsync();
        input.Write(4_000, sources: 6, partitions: 4);
        await first.Log.Until(log => Enumerable.Range(0, 4).All(p => broker.Committed(broker.Run, p) == 3_000), "all committed");

        Assert.Empty(Invariants.Violations(broker, input, shards));
        Assert.Empty(Invariants.OutputViolations(broker, input));
        Assert.True(first.Log.Events.Count(e => e.StartsWith("released", StringComparison.Ordinal)) >= 2, "handed over");
    }

    [Fact]
    public async Task Lost_WhenAnOwnerIsKilled_TheOtherFinishesItsWork()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(2);
        var input = new TestInput(broker);
        var shards = new FakeShards();
        await using var first = await TestIngress.Start(broker, shards);
        await first.Log.Until(log => log.Positions.Count == 2, "the first owns all");
        var second = await TestIngress.Start(broker, shards);
        await second.Log.Until(log => log.Positions.Count == 1, "the second owns its half");
        input.Write(2_000, sources: 6, partitions: 2);
        await second.Log.Until(log => log.JudgedCount > 0, "the second works");
        await second.Kill();
        await second.DisposeAsync();
        await first.Log.Until(log => Enumerable.Range(0, 2).All(p => broker.Committed(broker.Run, p) == 1_000), "all committed");

        Assert.Empty(Invariants.Violations(broker, input, shards));
        Assert.Empty(Invariants.OutputViolations(broker, input));
    }
}
