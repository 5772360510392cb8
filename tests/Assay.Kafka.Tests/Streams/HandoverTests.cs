using Assay.Contracts.Trust;
using Assay.Kafka.Tests.Support;

namespace Assay.Kafka.Tests.Streams;

/// <summary>Silos come and go: every event reaches every subscriber at least once, and in order.</summary>
public sealed class HandoverTests
{
    private const int Events = 400;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Events_WhenOneOfTwoSilosGoes_AllArriveInOrder(bool real, bool kill)
    {
        using var broker = new TestBroker(real);
        await broker.CreateTopics(4);
        using var writer = new TrustTopicsWriter(broker);
        var deliveries = new Deliveries();
        await using var cluster = await TrustCluster.Start(broker, deliveries, new SharedStorage(), new FlowLog());
        var writing = writer.Decisions(Events);
        await deliveries.Until(d => d.Taken.Count > Events / 4, "the first events");
        var leaving = cluster.Silos.Silos[^1];

        await (kill ? cluster.Silos.KillSiloAsync(leaving) : cluster.Silos.StopSiloAsync(leaving));
        await writing;
        await writer.Decisions(40, from: Events);

        await Whole(deliveries, Events + 40);
        DeliveryTests.AssertWholeAndInOrder(broker, deliveries);
    }

    [Fact]
    public async Task Events_WhenASiloJoins_AllArriveInOrder()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(4);
        using var writer = new TrustTopicsWriter(broker);
        var deliveries = new Deliveries();
        await using var cluster = await TrustCluster.Start(broker, deliveries, new SharedStorage(), new FlowLog(), silos: 1);
        var writing = writer.Decisions(Events);
        await deliveries.Until(d => d.Taken.Count > Events / 4, "the first events");

        await cluster.Silos.StartAdditionalSiloAsync();
        await writing;
        await writer.Decisions(40, from: Events);

        await Whole(deliveries, Events + 40);
        DeliveryTests.AssertWholeAndInOrder(broker, deliveries);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Restart_AfterAnOrderlyStop_GoesOnWithWhatWasNotDelivered(bool real)
    {
        using var broker = new TestBroker(real);
        await broker.CreateTopics(2);
        using var writer = new TrustTopicsWriter(broker);
        var storage = new SharedStorage();
        var before = new Deliveries();
        await using (await TrustCluster.Start(broker, before, storage, new FlowLog()))
        {
            await writer.Decisions(50);
            await Whole(before, 50);
        }

        await writer.Decisions(10, from: 50);
        var after = new Deliveries();
        await using var cluster = await TrustCluster.Start(broker, after, storage, new FlowLog());
        await Whole(after, 10);

        Assert.All(after.Taken, d => Assert.DoesNotContain(before.Taken, b => (b.Subscriber, b.Partition, b.Offset) == (d.Subscriber, d.Partition, d.Offset)));
    }

    private static Task Whole(Deliveries deliveries, int events) => deliveries.Until(
        d => d.Count(PartitionSubscriber.Name, TrustStreams.Decisions) >= events && d.Count(FeedSubscriber.Name, TrustStreams.Decisions) >= events,
        $"all {events} events");
}
