using Assay.Contracts.Verdicts;
using Assay.Kafka.Tests.Support;

namespace Assay.Kafka.Tests.Ingress;

public class RetentionTests
{
    /// <summary>Grains stand still while the broker drops what was not read yet.</summary>
    [Fact]
    public async Task Flow_WhenRetentionOvertakesTheReader_RaisesTheAlarmAndStopsWhereItStands()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        var gate = new TaskCompletionSource();
        var shards = new FakeShards { BeforeApply = (_, _) => new ValueTask(gate.Task), Score = _ => VerdictKind.Reject };
        await using var ingress = await TestIngress.Start(broker, shards, ingress: o => o.PartitionBytes = 64 * 1_024);
        await ingress.Log.Until(log => log.Positions.Count == 1, "owned");
        var input = new RandomInput(broker);
        input.Write(1_000, 1_000);
        await ingress.Log.Until(log => log.Positions[0].Position > 0, "reading");
        // Far more than the broker keeps and the client fetches ahead.
        input.Write(12_000, 2_000);
        gate.SetResult();
        await ingress.Log.Until(log => log.Events.Exists(e => e.StartsWith("stopped:0:retention", StringComparison.Ordinal)), "stopped", seconds: 20);
        await ingress.Log.Until(log => log.Positions[0].Committed == log.Positions[0].Position && log.JudgedCount == log.Positions[0].Position, "what was taken is committed");

        Assert.InRange(ingress.Log.JudgedCount, 1, 12_999);
    }

    [Fact]
    public async Task Start_WhenTheTopicWasMadeAnew_ReadsNothingAndSaysWhatToDo()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        new TestInput(broker).Write(10, sources: 1, partitions: 1);
        broker.Commit(broker.Run, 0, 500);
        var shards = new FakeShards();
        await using var ingress = await TestIngress.Start(broker, shards);
        await ingress.Log.Until(log => log.Events.Exists(e => e.StartsWith("stopped:0:offsets", StringComparison.Ordinal)), "refused");

        Assert.Contains("made anew", ingress.Log.Events[0], StringComparison.Ordinal);
        Assert.Empty(shards.All);
    }
}
