using Assay.Contracts.Trust;
using Assay.Kafka.Tests.Support;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Streams;

/// <summary>Subscribers that throw, and messages that nobody can read.</summary>
public sealed class RefusalTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Event_ThatOneSubscriberRefusesForGood_IsRecordedAndHoldsUpNobodyElse(bool real)
    {
        using var broker = new TestBroker(real);
        await broker.CreateTopics(1);
        using var writer = new TrustTopicsWriter(broker);
        await writer.Decisions(30);
        var (storage, flow) = (new SharedStorage(), new FlowLog());
        var source = $"{broker.Names.TrustLog}/0";
        var deliveries = new Deliveries { Refuses = d => IsFeed(d) && d.Offset == 5 };
        await using (await TrustCluster.Start(broker, deliveries, storage, flow, silos: 1, o => o.DeliveryTime = TimeSpan.FromSeconds(2)))
        {
            await deliveries.Until(d => d.Count(PartitionSubscriber.Name, TrustStreams.Decisions) == 30, "everything for the other subscriber");
            Assert.True(storage.Checkpoint(source) <= 5);
            Assert.DoesNotContain(flow.Events, e => e.StartsWith("fault:stream", StringComparison.Ordinal));
            await deliveries.Until(d => d.Count(FeedSubscriber.Name, TrustStreams.Decisions) == 29, "the rest for the one that refuses");
        }

        Assert.True(deliveries.Refused.Count > 1, "an event is tried more than once");
        Assert.DoesNotContain(5, deliveries.First(FeedSubscriber.Name, TrustStreams.Decisions)[0]);
        var fault = Assert.Single(flow.Events, e => e.StartsWith("fault:stream", StringComparison.Ordinal));
        Assert.StartsWith($"fault:stream decisions to feed-subscriber:feed-subscriber refused {source}/5 ", fault);
        Assert.Contains("recovered:stream decisions to feed-subscriber:", flow.Events);
        Assert.Equal(30, storage.Checkpoint(source));
    }

    [Fact]
    public async Task Event_ThatIsTakenInTheEnd_IsNeitherLostNorRecorded()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        using var writer = new TrustTopicsWriter(broker);
        await writer.Decisions(10);
        var flow = new FlowLog();
        var deliveries = new Deliveries();
        deliveries.Refuses = d => IsFeed(d) && d.Offset == 5 && deliveries.Refused.Count < 3;
        await using var cluster = await TrustCluster.Start(broker, deliveries, new SharedStorage(), flow, silos: 1);

        await deliveries.Until(d => d.Count(FeedSubscriber.Name, TrustStreams.Decisions) == 10, "everything");

        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), deliveries.First(FeedSubscriber.Name, TrustStreams.Decisions)[0]);
        Assert.DoesNotContain(flow.Events, e => e.StartsWith("fault:stream", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Event_ThatIsRefusedWhenTheSiloStops_IsDeliveredByTheNext()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        using var writer = new TrustTopicsWriter(broker);
        await writer.Decisions(10);
        var (storage, flow) = (new SharedStorage(), new FlowLog());
        var deliveries = new Deliveries { Refuses = d => IsFeed(d) && d.Offset == 5 };
        await using (await TrustCluster.Start(broker, deliveries, storage, flow, silos: 1))
        {
            await deliveries.Until(
                d => d.Refused.Count > 0 && d.Count(PartitionSubscriber.Name, TrustStreams.Decisions) == 10, "a refusal, and everything for the other");
        }

        Assert.Equal(5, storage.Checkpoint($"{broker.Names.TrustLog}/0"));
        Assert.DoesNotContain(flow.Events, e => e.StartsWith("fault:stream", StringComparison.Ordinal));
        deliveries.Refuses = _ => false;
        await using var cluster = await TrustCluster.Start(broker, deliveries, storage, flow, silos: 1);
        await deliveries.Until(d => d.Count(FeedSubscriber.Name, TrustStreams.Decisions) == 10, "everything");
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), deliveries.First(FeedSubscriber.Name, TrustStreams.Decisions)[0]);
    }

    [Fact]
    public async Task Message_ThatIsNoDecision_IsPassedOverAndRecorded()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        using var writer = new TrustTopicsWriter(broker);
        await writer.Decision("alice", 1);
        await writer.Raw(broker.Names.TrustLog, "mallory", "{}"u8.ToArray());
        await writer.Raw(broker.Names.TrustLog, "heartbeat", TrustCodec.Write(new TrustHeartbeat(0, 1, 1, DateTimeOffset.UnixEpoch)));
        await writer.Decision("bob", 1);
        var (storage, flow) = (new SharedStorage(), new FlowLog());
        var deliveries = new Deliveries();
        await using (await TrustCluster.Start(broker, deliveries, storage, flow, silos: 1))
            await deliveries.Until(d => d.Count(PartitionSubscriber.Name, TrustStreams.Decisions) == 2 && d.Count(FeedSubscriber.Name, TrustStreams.Decisions) == 2, "both");

        Assert.Equal([0L, 3L], deliveries.First(FeedSubscriber.Name, TrustStreams.Decisions)[0]);
        Assert.Contains(flow.Events, e => e.StartsWith($"fault:stream decisions:{broker.Names.TrustLog}/0/1 cannot be read", StringComparison.Ordinal));
        Assert.Equal(4, storage.Checkpoint($"{broker.Names.TrustLog}/0"));
    }

    [Fact]
    public async Task Checkpoint_PastTheEndOfTheTopic_StartsAtTheBeginningAndSaysSo()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        using var writer = new TrustTopicsWriter(broker);
        await writer.Decisions(5);
        var storage = new SharedStorage();
        var source = $"{broker.Names.TrustLog}/0";
        var before = new Deliveries();
        await using (await TrustCluster.Start(broker, before, storage, new FlowLog(), silos: 1))
            await before.Until(d => d.Taken.Count == 10, "everything");
        storage.Overwrite(source, 1_000);

        var (after, flow) = (new Deliveries(), new FlowLog());
        await using (await TrustCluster.Start(broker, after, storage, flow, silos: 1))
            await after.Until(d => d.Taken.Count == 10, "everything again");

        Assert.Contains(flow.Events, e => e.Contains("made anew", StringComparison.Ordinal));
        Assert.Equal(5, storage.Checkpoint(source));
    }

    [Fact]
    public async Task Messages_ThatRetentionTookBeforeTheirDelivery_AreCounted()
    {
        using var broker = new TestBroker(real: true);
        await broker.CreateTopics(1);
        using var writer = new TrustTopicsWriter(broker);
        await writer.Decisions(5);
        var storage = new SharedStorage();
        var before = new Deliveries();
        await using (await TrustCluster.Start(broker, before, storage, new FlowLog(), silos: 1))
            await before.Until(d => d.Taken.Count == 10, "everything");
        await writer.Decisions(5, from: 5);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.BootstrapServers }).Build();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(broker.Names.TrustLog, 0, 8)]);

        var (after, flow) = (new Deliveries(), new FlowLog());
        await using (await TrustCluster.Start(broker, after, storage, flow, silos: 1))
            await after.Until(d => d.Taken.Count == 4, "what is left");

        Assert.Equal([8L, 9L], after.First(FeedSubscriber.Name, TrustStreams.Decisions)[0]);
        Assert.Contains(flow.Events, e => e.StartsWith($"fault:stream decisions:{broker.Names.TrustLog}/0 lost 3 messages from 5", StringComparison.Ordinal));
    }

    private static bool IsFeed(Delivery delivery) => delivery.Subscriber.StartsWith(FeedSubscriber.Name, StringComparison.Ordinal);
}
