using Assay.Contracts.Verdicts;
using Assay.Kafka.Ingress;
using Assay.Kafka.Tests.Support;

namespace Assay.Kafka.Tests.Ingress;

public class DeadLetterBurstTests
{
    [Fact]
    public async Task Flow_WhenHalfOfTheWindowIsUnreadable_PausesTheTopicWithOneMessage()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(2);
        var input = new TestInput(broker);
        input.Write(8_000, sources: 4, partitions: 2);
        var shards = new FakeShards { Score = r => r.Offset > 500 && r.Offset % 4 != 0 ? VerdictKind.DeadLetter : VerdictKind.Admit };
        var ingress = await TestIngress.Start(broker, shards, ingress: o =>
        {
            o.MaxBatchRecords = 20;
            o.DeadLetterWindow = 200;
        });
        await ingress.Log.Until(log => log.Events.Exists(e => e.StartsWith("paused", StringComparison.Ordinal)), "paused");
        await ingress.DisposeAsync();

        var message = Assert.Single(ingress.Log.Events, e => e.StartsWith("paused", StringComparison.Ordinal));
        Assert.Contains("paused:label:", message, StringComparison.Ordinal);
        Assert.Contains("no label", message, StringComparison.Ordinal);
        Assert.InRange(broker.Committed(broker.Run, 0), 500, 3_900);
        Assert.InRange(broker.Read(broker.Names.DeadLetters).Count, 100, 6_000);
    }

    [Fact]
    public void Burst_BeforeTheWindowIsFull_IsFalse()
    {
        var window = new DeadLetterWindow(10, 0.5);
        for (var i = 0; i < 9; i++)
            window.Add("time", "no time");
        Assert.False(window.Burst);
        window.Add(null);
        Assert.True(window.Burst);
    }

    [Fact]
    public void Burst_WhenTheShareIsZero_NeverComes()
    {
        var window = new DeadLetterWindow(10, 0);
        for (var i = 0; i < 50; i++)
            window.Add("time");
        Assert.False(window.Burst);
    }

    [Fact]
    public void Worst_AfterOldResultsLeftTheWindow_CountsOnlyTheNewest()
    {
        var window = new DeadLetterWindow(10, 0.5);
        for (var i = 0; i < 10; i++)
            window.Add("old", "o");
        for (var i = 0; i < 4; i++)
            window.Add(null);
        for (var i = 0; i < 4; i++)
            window.Add("new", "n" + i);
        Assert.Equal(("new", 4, "n3"), window.Worst());
        Assert.Equal(6, window.Dead);
    }
}
