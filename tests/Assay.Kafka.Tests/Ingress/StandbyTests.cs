using Assay.Kafka.Tests.Support;

namespace Assay.Kafka.Tests.Ingress;

/// <summary>More silos than partitions, on a real group.</summary>
public sealed class StandbyTests
{
    [Fact]
    public async Task Member_WithoutAPartition_IsToldSoAndTakesOverWhenTheOwnerLeaves()
    {
        using var broker = new TestBroker(real: true);
        await broker.CreateTopics(1);
        var shards = new FakeShards();
        await using var owner = await TestIngress.Start(broker, shards);
        await owner.Log.Until(log => log.Joined && log.Positions.Count == 1, "owned");
        await using var standby = await TestIngress.Start(broker, shards);
        await standby.Log.Until(log => log.Joined, "told that it has none");
        Assert.Equal(1, owner.Log.Positions.Count + standby.Log.Positions.Count);

        await owner.Stop();
        Assert.False(owner.Log.Joined);
        new TestInput(broker).Write(100, sources: 3, partitions: 1);
        await standby.Log.Until(log => log.Positions.GetValueOrDefault(0).Committed == 100, "all committed by the other");
    }
}
