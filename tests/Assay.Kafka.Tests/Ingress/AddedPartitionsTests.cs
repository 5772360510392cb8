using Assay.Kafka.Egress;
using Assay.Kafka.Ingress;
using Assay.Kafka.Tests.Support;
using Assay.Kafka.Topics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Options;

namespace Assay.Kafka.Tests.Ingress;

/// <summary>A real topic gets more partitions than it had.</summary>
public sealed class AddedPartitionsTests
{
    /// <summary>No restart. What has no place for its verdicts waits, alone, until there is one; then everything written meanwhile is judged.</summary>
    [Fact]
    public async Task Flow_WhenTheInputGetsPartitions_ReadsThemOnceTheirVerdictsHaveAPlace()
    {
        using var broker = await Broker(2);
        var (input, shards, marks) = (new TestInput(broker), new FakeShards(), new FaultyMarks());
        input.Write(200, sources: 4, partitions: 2);
        await using var ingress = await Start(broker, shards, marks);
        await ingress.Log.Until(Committed(100, 100), "the first committed");

        await Add(broker, broker.Input, 4);
        input.Write(400, sources: 4, partitions: 4);
        await ingress.Log.Until(log => log.Events.Count(e => e.Contains(":verdicts:", StringComparison.Ordinal)) == 2, "two stopped");
        await ingress.Log.Until(Committed(200, 200), "the others go on");
        Assert.All(ingress.Log.Events, e => Assert.Contains("assay topics create", e, StringComparison.Ordinal));
        Assert.DoesNotContain(shards.All, s => s.Key.Partition > 1);

        var widened = await Topics(broker).Widen();
        Assert.Equal((broker.Names.Verdicts, 4), (widened!.Name, widened.Partitions));
        Assert.Null(await Topics(broker).Widen());
        await ingress.Log.Until(Committed(200, 200, 100, 100), "all committed");

        Assert.Contains("resumed:2:", ingress.Log.Events);
        Assert.Contains("resumed:3:", ingress.Log.Events);
        Assert.Empty(Invariants.Violations(broker, input, shards));
    }

    [Fact]
    public async Task Start_WhenPartitionsWereAddedWhileStopped_ReadsThemFromTheirBeginning()
    {
        using var broker = await Broker(1);
        var (input, shards, marks) = (new TestInput(broker), new FakeShards(), new FaultyMarks());
        input.Write(100, sources: 4, partitions: 1);
        await using (var first = await Start(broker, shards, marks))
            await first.Log.Until(Committed(100), "the first committed");
        await Add(broker, broker.Input, 3);
        await Topics(broker).Widen();
        input.Write(300, sources: 4, partitions: 3);

        await using var second = await Start(broker, shards, marks);
        await second.Log.Until(Committed(200, 100, 100), "all committed");

        Assert.Empty(second.Log.Events);
        Assert.Empty(Invariants.Violations(broker, input, shards));
    }

    private static Func<FlowLog, bool> Committed(params long[] until) =>
        log => until.Select((offset, p) => log.Positions.GetValueOrDefault(p).Committed == offset).All(done => done);

    private static async Task<TestBroker> Broker(int partitions)
    {
        var broker = new TestBroker(real: true);
        await broker.CreateTopics(partitions);
        return broker;
    }

    private static Task<TestIngress> Start(TestBroker broker, FakeShards shards, FaultyMarks marks) => TestIngress.Start(
        broker, shards, marks: marks, ingress: o => o.DurableState = true, kafka: o => o.MetadataInterval = TimeSpan.FromSeconds(1));

    private static async Task Add(TestBroker broker, string topic, int partitions)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.BootstrapServers }).Build();
        await admin.CreatePartitionsAsync([new PartitionsSpecification { Topic = topic, IncreaseTo = partitions }]);
    }

    private static TopicAdmin Topics(TestBroker broker)
    {
        var ingress = new KafkaIngressOptions();
        ingress.Topics.Add(broker.Input);
        return new TopicAdmin(
            TestClients.For(broker.BootstrapServers, new FlowLog()), Options.Create(ingress),
            Options.Create(new KafkaEgressOptions { TopicPrefix = broker.Run, Replicas = 1 }), TimeProvider.System);
    }
}
