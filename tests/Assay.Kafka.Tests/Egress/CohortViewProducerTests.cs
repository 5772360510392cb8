using System.Text;
using Assay.Contracts.Cohorts;
using Assay.Kafka.Tests.Support;

namespace Assay.Kafka.Tests.Egress;

public sealed class CohortViewProducerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_OfAView_LiesOnItsTopicUnderItsDataset(bool real)
    {
        using var broker = new TestBroker(real);
        await broker.CreateTopics(3);
        using var test = new TestPublisher(broker);
        Assert.True(await test.Views.Publish(View(1, 1_000), CancellationToken.None).WaitAsync(Limit));
        Assert.True(await test.Views.Publish(View(2, 1_000), CancellationToken.None).WaitAsync(Limit));
        var messages = broker.Read(broker.Names.CohortViews);
        Assert.All(messages, m => Assert.Equal("fraud", Encoding.UTF8.GetString(m.Message.Key!)));
        Assert.Equal([1L, 2L], messages.Select(m => CohortViewCodec.Read(m.Message.Value).Version));
        Assert.Empty(test.Log.Events);
    }

    [Fact]
    public async Task Publish_OfAViewThatIsTooLarge_IsRefusedWithAFaultUntilOnePasses()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        using var test = new TestPublisher(broker, o => o.MaxMessageBytes = 2_000);
        Assert.False(await test.Views.Publish(View(1, 20_000), CancellationToken.None).WaitAsync(Limit));
        Assert.False(await test.Views.Publish(View(2, 20_000), CancellationToken.None).WaitAsync(Limit));
        Assert.Contains("max.message.bytes", Assert.Single(test.Log.Events), StringComparison.Ordinal);
        Assert.True(await test.Views.Publish(View(3, 100), CancellationToken.None).WaitAsync(Limit));
        Assert.Equal("recovered:cohort-view-size:", test.Log.Events[^1]);
        Assert.Equal(3, CohortViewCodec.Read(Assert.Single(broker.Read(broker.Names.CohortViews)).Message.Value).Version);
    }

    [Fact]
    public async Task Publish_WhileKafkaRefuses_IsRetriedUntilItPasses()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        using var test = new TestPublisher(broker);
        broker.Embedded.FailProduce([.. Enumerable.Repeat(ErrorCode.TopicAuthorizationFailed, 3)]);
        Assert.True(await test.Views.Publish(View(1, 100), CancellationToken.None).WaitAsync(Limit));
        Assert.Single(broker.Read(broker.Names.CohortViews));
        Assert.Equal(["fault:cohort-views", "recovered:cohort-views"], test.Log.Events.Select(e => string.Join(':', e.Split(':')[..2])));
    }

    /// <summary>A view that does not compress.</summary>
    private static CohortView View(long version, int bytes)
    {
        var data = new byte[bytes];
        new Random(1).NextBytes(data);
        return new CohortView
        {
            Dataset = "fraud",
            Version = version,
            Contested = false,
            Identities = 3,
            Records = 9,
            Parts = [new CohortPart("label-slices", data)],
        };
    }
}
