using System.Text;
using Assay.Contracts.Signing;
using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Kafka.Tests.Support;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Egress;

public sealed class TrustProducerTests
{
    private const int Partitions = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_OfEachKind_LiesSignedOnItsTopicsInThePartitionOfItsKey(bool real)
    {
        using var broker = new TestBroker(real);
        await broker.CreateTopics(Partitions);
        using var test = new TestPublisher(broker);
        Decision[] decisions = [.. Enumerable.Range(0, 40).Select(i => TestPublisher.Decision(i % 2 == 0 ? $"svc-{i}" : $"[é{i}", i + 1, i % 3 == 0 ? "pipe" : null))];

        await Task.WhenAll(decisions.Select(d => test.Publisher.Publish(d, CancellationToken.None))).WaitAsync(Limit);
        await test.Publisher.Publish(TestPublisher.Recall("svc"), CancellationToken.None).WaitAsync(Limit);
        await test.Publisher.Publish(new TrustHeartbeat(3, 9, 17, DateTimeOffset.UnixEpoch), CancellationToken.None).WaitAsync(Limit);

        var trust = broker.Read(broker.Names.TrustDecisions);
        var heartbeat = trust.Single(m => Key(m).StartsWith("[\"heartbeat\"", StringComparison.Ordinal));
        Assert.Equal((3, 9L), (heartbeat.Partition.Value, TrustCodec.ReadHeartbeat(heartbeat.Message.Value).Epoch));
        foreach (var topic in new[] { trust.Where(m => m != heartbeat).ToList(), broker.Read(broker.Names.TrustLog) })
        {
            Assert.Equal(decisions.Select(d => d.Epoch), topic.Select(m => TrustCodec.ReadDecision(m.Message.Value).Epoch).Order());
            Assert.All(topic, m => Assert.Equal(TrustCodec.ReadDecision(m.Message.Value).Key.ToString(), Key(m)));
            Assert.All(topic, m => Assert.Equal(TrustPartition.Of(StandingKey.Parse(Key(m)), Partitions), m.Partition.Value));
        }

        var recall = Assert.Single(broker.Read(broker.Names.Recalls));
        Assert.Equal(("svc", TrustPartition.Of("svc"u8, Partitions)), (TrustCodec.ReadRecall(recall.Message.Value).Identity, recall.Partition.Value));
        var verifier = new TrustVerifier(test.Signer.PublicKey);
        Assert.All(trust.Append(recall), m => Assert.Equal(SignatureCheck.Good, verifier.CheckMessage(m.Message.Value, m.Message.Headers.GetLastBytes(HeaderNames.Dsse))));
        Assert.Empty(test.Log.Events);
    }

    [Fact]
    public async Task Publish_WhileKafkaRefuses_IsRetriedUntilItPassesAndSaidOnce()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        using var test = new TestPublisher(broker);
        broker.Embedded.FailProduce([.. Enumerable.Repeat(ErrorCode.TopicAuthorizationFailed, 6)]);

        await test.Publisher.Publish(TestPublisher.Decision("svc"), CancellationToken.None).WaitAsync(Limit);

        Assert.Single(broker.Read(broker.Names.TrustDecisions));
        Assert.Single(broker.Read(broker.Names.TrustLog));
        Assert.Equal(["fault:trust", "recovered:trust"], test.Log.Events.Select(e => string.Join(':', e.Split(':')[..2])));
    }

    [Fact]
    public async Task Publish_AfterAFatalError_GoesOnWithANewProducer()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        broker.Embedded.FailProducerId(ErrorCode.ClusterAuthorizationFailed);
        using var test = new TestPublisher(broker);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => test.Publisher.Publish(TestPublisher.Recall($"svc-{i}"), CancellationToken.None))).WaitAsync(Limit);

        Assert.Equal(
            Enumerable.Range(0, 5).Select(i => $"svc-{i}"),
            broker.Read(broker.Names.Recalls).Select(m => TrustCodec.ReadRecall(m.Message.Value).Identity).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("recovered:trust:", test.Log.Events.Last(e => e.Contains(":trust", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Publish_WhenTheCallerGivesUp_EndsAndTheNextSuccessSaysThatItWorks()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        using var test = new TestPublisher(broker, o => o.MaxMessageBytes = 1_500);
        using var patience = new CancellationTokenSource();
        var oversize = test.Publisher.Publish(TestPublisher.Recall(new string('x', 2_000)), patience.Token);
        await test.Log.Until(log => log.Events.Count == 1, "the fault is told");

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => oversize.WaitAsync(Limit));
        await test.Publisher.Publish(TestPublisher.Recall("svc"), CancellationToken.None).WaitAsync(Limit);

        Assert.Contains("max.message.bytes", test.Log.Events[0], StringComparison.Ordinal);
        Assert.Equal("recovered:trust:", test.Log.Events[1]);
    }

    [Fact]
    public async Task Publish_WhenTheProgramStops_Ends()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        var test = new TestPublisher(broker);
        broker.Embedded.Down();
        var waiting = test.Publisher.Publish(TestPublisher.Decision("svc"), CancellationToken.None);

        await Task.Run(test.Dispose).WaitAsync(Limit);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Limit));
    }

    private static string Key(ConsumeResult<byte[]?, byte[]?> message) => Encoding.UTF8.GetString(message.Message.Key!);
}
