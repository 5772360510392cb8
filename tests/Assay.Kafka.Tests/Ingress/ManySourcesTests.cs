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

    /// <summary>Sources beyond the cap are judged together, and keep their shard when they are read again.</summary>
    [Fact]
    public async Task Flow_WhenThereAreMoreSourcesThanTheCap_JudgesTheRestTogetherAndLosesNothing()
    {
        const int Cap = 10;
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(2);
        var input = new TestInput(broker);
        input.Write(6_000, sources: 50, partitions: 2);
        var failures = 0;
        var shards = new FakeShards
        {
            BeforeCheckpoint = _ => Interlocked.Increment(ref failures) == 5 ? throw new IOException("state is away") : default,
        };
        await using var ingress = await TestIngress.Start(broker, shards, ingress: o => o.MaxSources = Cap);
        await ingress.Log.Until(log => log.Positions.Count == 2 && log.Positions.Values.Sum(p => p.Committed) == input.Count, "all committed", seconds: 25);

        Assert.Empty(Invariants.OutputViolations(broker, input));
        Assert.All(shards.All.GroupBy(s => s.Key.Partition), partition => Assert.Equal(Cap + 1, partition.Count()));
        Assert.Equal(input.Count, shards.All.Sum(s => s.Value.Seen.Length));
    }
}
