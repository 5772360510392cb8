using Assay.Kafka.Tests.Support;

namespace Assay.Kafka.Tests.Ingress;

public class ManySourcesTests
{
    /// <summary>A checkpoint starts when another ends, not at the next tick of the clock: with ticks alone this takes a minute.</summary>
    [Fact]
    public async Task Flow_WhenThousandsOfSourcesAreDueAtOnce_CommitsThemWithinSeconds()
    {
        const int Sources = 20_000;
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        var input = new TestInput(broker);
        input.Write(Sources, Sources, partitions: 1);
        var shards = new FakeShards();
        await using var ingress = await TestIngress.Start(broker, shards);
        await ingress.Log.Until(log => log.Positions.TryGetValue(0, out var at) && at.Committed == Sources, "all committed", seconds: 25);

        Assert.Empty(Invariants.Violations(broker, input, shards));
    }
}
