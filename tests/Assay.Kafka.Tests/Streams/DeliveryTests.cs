using Assay.Contracts.Trust;
using Assay.Kafka.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace Assay.Kafka.Tests.Streams;

public sealed class DeliveryTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Events_OfBothTopics_ReachTheSubscribersOfTheirNamespaceInOrder(bool real)
    {
        using var broker = new TestBroker(real);
        await broker.CreateTopics(4);
        using var writer = new TrustTopicsWriter(broker);
        await writer.Decisions(60);
        var deliveries = new Deliveries();
        await using var cluster = await TrustCluster.Start(broker, deliveries, new SharedStorage(), new FlowLog());
        await writer.Decisions(60, from: 60);
        for (var epoch = 1; epoch <= 3; epoch++)
            await writer.Recall("writer-1", epoch);

        await deliveries.Until(
            d => d.Count(PartitionSubscriber.Name, TrustStreams.Decisions) == 120
                && d.Count(FeedSubscriber.Name, TrustStreams.Decisions) == 120
                && d.Count(FeedSubscriber.Name, TrustStreams.Recalls) == 3,
            "all events");

        Assert.Equal(
            Enumerable.Range(1, 3).Select(i => (long)i),
            deliveries.Taken.Select(d => d.Content).OfType<Recall>().Select(r => r.Epoch));
        AssertWholeAndInOrder(broker, deliveries);
        Assert.All(
            deliveries.Taken.Where(d => d.Subscriber.StartsWith(PartitionSubscriber.Name, StringComparison.Ordinal)),
            d => Assert.Equal($"{PartitionSubscriber.Name}/{d.Partition}", d.Subscriber));
        Assert.Contains(deliveries.Taken, d => d.Subscriber == $"{FeedSubscriber.Name}/{TrustStreams.OneGrainKey}");
    }

    [Fact]
    public async Task Producing_ThroughTheStream_NamesThePublisher()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        await using var cluster = await TrustCluster.Start(broker, new Deliveries(), new SharedStorage(), new FlowLog(), silos: 1);
        var provider = cluster.Silos.GetSiloServiceProvider().GetRequiredKeyedService<IStreamProvider>(TrustStreams.Provider);

        var refused = await Assert.ThrowsAsync<NotSupportedException>(
            () => provider.GetStream<string>(StreamId.Create(TrustStreams.Decisions, 0)).OnNextAsync("a decision"));

        Assert.Contains("ITrustPublisher", refused.Message);
    }

    /// <summary>Every offset of the topic came to both subscribers, first deliveries in offset order and epochs of an identity counting up.</summary>
    internal static void AssertWholeAndInOrder(TestBroker broker, Deliveries deliveries)
    {
        var log = broker.Read(broker.Names.TrustLog).GroupBy(m => m.Partition.Value).ToDictionary(g => g.Key, g => g.Select(m => m.Offset.Value).Order().ToList());
        foreach (var subscriber in (string[])[PartitionSubscriber.Name, FeedSubscriber.Name])
        {
            Assert.Equal(log, deliveries.First(subscriber, TrustStreams.Decisions));
            var newest = new Dictionary<string, long>();
            foreach (var decision in Once(deliveries, subscriber))
            {
                Assert.True(decision.Epoch > newest.GetValueOrDefault(decision.Identity), $"{subscriber} got {decision.Identity} {decision.Epoch} late");
                newest[decision.Identity] = decision.Epoch;
            }
        }
    }

    private static IEnumerable<Decision> Once(Deliveries deliveries, string subscriber) => deliveries.Taken
        .Where(d => d.Subscriber.StartsWith(subscriber, StringComparison.Ordinal) && d.Stream == TrustStreams.Decisions)
        .DistinctBy(d => (d.Partition, d.Offset))
        .Select(d => (Decision)d.Content);
}
