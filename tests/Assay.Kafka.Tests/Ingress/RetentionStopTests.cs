using Assay.Kafka.Tests.Support;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Ingress;

/// <summary>Records that a real broker has deleted before they were judged: the partition stops, says so, and goes on when a person accepts it.</summary>
public sealed class RetentionStopTests
{
    [Fact]
    public async Task Flow_WhenWhatIsToBeReadNextIsDeleted_CommitsWhatItTookAndStopsUntilTheLossIsAccepted()
    {
        using var broker = await Broker(1);
        var gate = new TaskCompletionSource();
        var (shards, marks) = (new FakeShards { BeforeApply = (_, _) => new ValueTask(gate.Task) }, new FaultyMarks());
        await using var ingress = await Start(broker, shards, marks, o => o.PartitionBytes = 64 * 1_024);
        await ingress.Log.Until(log => log.Positions.Count == 1, "owned");
        var input = new RandomInput(broker);
        input.Write(1_000, 1_000);
        await ingress.Log.Until(log => log.Positions[0].Position > 0, "reading");
        // Far more than the client fetches ahead.
        input.Write(14_000, 2_000);
        Delete(broker, 0, 14_900);
        gate.SetResult();
        await ingress.Log.Until(Stopped(0), "stopped");
        await ingress.Log.Until(log => log.Positions[0].Committed == log.Positions[0].Position && log.JudgedCount == log.Positions[0].Position, "what was taken is committed");
        var stood = ingress.Log.Positions[0].Committed;
        Assert.InRange(stood, 1, 14_899);
        Assert.Contains($"offsets {stood} to 14899", ingress.Log.Events.Single(e => e.StartsWith("stopped", StringComparison.Ordinal)), StringComparison.Ordinal);

        marks.LossAccepted = 14_900;
        await ingress.Log.Until(log => log.Positions[0].Committed == 15_000, "the end committed");

        Assert.Contains("resumed:0:", ingress.Log.Events);
        Assert.Equal(stood + 100, ingress.Log.JudgedCount);
        Assert.Equal(LongRange(0, stood).Concat(LongRange(14_900, 15_000)), Assert.Single(shards.All).Value.Seen);
    }

    [Fact]
    public async Task Start_WhenUnjudgedRecordsWereDeleted_StopsThatPartitionAloneUntilTheLossIsAccepted()
    {
        using var broker = await Broker(2);
        var (input, marks) = (new TestInput(broker), new FaultyMarks());
        input.Write(200, sources: 4, partitions: 2);
        await Judge(broker, marks, 100, 100);
        input.Write(400, sources: 4, partitions: 2);
        Delete(broker, 1, 250);

        var shards = new FakeShards();
        await using (var second = await Start(broker, shards, marks))
        {
            await second.Log.Until(Stopped(1), "stopped");
            await second.Log.Until(log => log.Positions.GetValueOrDefault(0).Committed == 300, "the other goes on");
            Assert.DoesNotContain(shards.All, s => s.Key.Partition == 1);
            Assert.Contains("up to 150 records, offsets 100 to 249", second.Log.Events.Single(e => e.StartsWith("stopped", StringComparison.Ordinal)), StringComparison.Ordinal);
        }

        Assert.Equal(100, broker.Committed(broker.Run, 1));
        marks.LossAccepted = 250;
        await Judge(broker, marks, 300, 300);

        // What was accepted is no licence for what is lost later.
        input.Write(400, sources: 4, partitions: 2);
        Delete(broker, 1, 400);
        await using var fourth = await Start(broker, new FakeShards(), marks);
        await fourth.Log.Until(Stopped(1), "stopped again");
    }

    [Fact]
    public async Task Start_OfAGroupThatHasNotBegun_ReadsFromTheOldestRecordWithoutAlarm()
    {
        using var broker = await Broker(1);
        var input = new TestInput(broker);
        input.Write(200, sources: 4, partitions: 1);
        Delete(broker, 0, 50);

        await using var ingress = await Start(broker, new FakeShards(), new FaultyMarks());
        await ingress.Log.Until(log => log.Positions.GetValueOrDefault(0).Committed == 200, "all committed");

        Assert.Equal(150, ingress.Log.JudgedCount);
        Assert.Empty(ingress.Log.Events);
    }

    /// <summary>State in memory is built again from records that were judged: where retention has taken some of those, nothing is lost that was not judged.</summary>
    [Fact]
    public async Task Start_WithStateInMemory_WhenJudgedRecordsAreGone_GoesOnWithoutAlarm()
    {
        using var broker = await Broker(1);
        var input = new TestInput(broker);
        input.Write(200, sources: 4, partitions: 1);
        await using (var first = await TestIngress.Start(broker, new FakeShards()))
            await first.Log.Until(log => log.Positions.GetValueOrDefault(0).Committed == 200, "all committed");
        input.Write(100, sources: 4, partitions: 1);
        Delete(broker, 0, 150);

        await using var second = await TestIngress.Start(broker, new FakeShards());
        await second.Log.Until(log => log.Positions.GetValueOrDefault(0).Committed == 300, "all committed");

        Assert.Empty(second.Log.Events);
    }

    private static async Task Judge(TestBroker broker, FaultyMarks marks, params long[] until)
    {
        await using var ingress = await Start(broker, new FakeShards(), marks);
        await ingress.Log.Until(log => until.Select((offset, p) => log.Positions.GetValueOrDefault(p).Committed == offset).All(done => done), "all committed");
        Assert.Empty(ingress.Log.Events);
    }

    private static async Task<TestBroker> Broker(int partitions)
    {
        var broker = new TestBroker(real: true);
        await broker.CreateTopics(partitions);
        return broker;
    }

    private static Task<TestIngress> Start(TestBroker broker, FakeShards shards, FaultyMarks marks, Action<Kafka.Ingress.KafkaIngressOptions>? ingress = null) =>
        TestIngress.Start(broker, shards, marks: marks, ingress: o =>
        {
            o.DurableState = true;
            ingress?.Invoke(o);
        });

    private static Func<FlowLog, bool> Stopped(int partition) => log => log.Events.Exists(e => e.StartsWith($"stopped:{partition}:retention", StringComparison.Ordinal));

    private static void Delete(TestBroker broker, int partition, long below)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.BootstrapServers }).Build();
        admin.DeleteRecordsAsync([new TopicPartitionOffset(broker.Input, partition, below)]).GetAwaiter().GetResult();
    }

    private static IEnumerable<long> LongRange(long from, long to)
    {
        for (var n = from; n < to; n++)
            yield return n;
    }
}
