using Assay.Kafka.Tests.Support;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Ingress;

public class TransactionTests
{
    /// <summary>Offsets have holes where transactions end, and where they were aborted; the partition's last offset is one.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Flow_WhenInputIsTransactional_JudgesWhatWasCommittedAndCommitsToTheEnd(bool exactlyOnce)
    {
        using var broker = new TestBroker(real: true);
        await broker.CreateTopics(1);
        using var producer = new ProducerBuilder<byte[]?, byte[]?>(
            new ProducerConfig { BootstrapServers = broker.BootstrapServers, TransactionalId = broker.Run }).Build();
        producer.InitTransactions(TimeSpan.FromSeconds(30));
        foreach (var abort in new[] { false, true, false, true })
        {
            producer.BeginTransaction();
            for (var n = 0; n < 10; n++)
                producer.Produce(new TopicPartition(broker.Input, 0), new Message<byte[]?, byte[]?> { Key = "s"u8.ToArray(), Value = [(byte)n] });
            producer.Flush(TimeSpan.FromSeconds(30));
            if (abort)
                producer.AbortTransaction();
            else
                producer.CommitTransaction();
        }

        var shards = new FakeShards();
        await using var ingress = exactlyOnce ? await ExactlyOnce.Start(broker, shards, new FaultyMarks()) : await TestIngress.Start(broker, shards);
        await ingress.Log.Until(log => ExactlyOnce.Committed(log) == 44, "all committed", seconds: 30);

        Assert.Equal(Enumerable.Range(0, 10).Concat(Enumerable.Range(22, 10)).Select(n => (long)n), Assert.Single(shards.All).Value.Seen);
    }
}
