using Assay.Kafka.Egress;
using Assay.Kafka.Tests.Support;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assay.Kafka.Tests.Egress;

public sealed class TransactionalProducerTests
{
    /// <summary>A client whose broker has died under it may be told for ever to try again; its successor need not.</summary>
    [Fact]
    public async Task Commit_WhenTheBrokerGoesOnAskingToTryAgain_GivesUpWithTheTransactionAndTheNextClientCommits()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        var clients = TestClients.For(broker.BootstrapServers, new FlowLog(), o => o.TransactionTimeout = TimeSpan.FromSeconds(1));
        using var consumer = clients.GroupConsumer(new() { Group = broker.Run }, _ => { });
        using var producer = new TransactionalProducer(clients, new KafkaEgressOptions(), broker.Run, NullLogger.Instance);
        TopicPartitionOffset[] offsets = [new(broker.Input, 0, 5)];
        producer.Renew(default);
        broker.Embedded.FailTransactionOffsets([.. Enumerable.Repeat(ErrorCode.ConcurrentTransactions, 100_000)]);

        Assert.NotNull(producer.Commit(offsets, consumer.ConsumerGroupMetadata, () => { }, default));
        broker.Embedded.FailTransactionOffsets();
        producer.Renew(default);
        Assert.Null(producer.Commit(offsets, consumer.ConsumerGroupMetadata, () => { }, default));
    }
}
