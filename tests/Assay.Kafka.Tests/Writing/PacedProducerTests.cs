using Assay.Contracts.Records;
using Assay.Kafka.Egress;
using Assay.Kafka.Reading;
using Assay.Kafka.Tests.Support;
using Assay.Kafka.Writing;

namespace Assay.Kafka.Tests.Writing;

public class PacedProducerTests
{
    [Fact]
    public async Task Produce_OfFarMoreThanTheBrokerKeeps_LosesNothing()
    {
        const int records = 60_000;
        using var broker = new TestBroker(real: false);
        await broker.CreateTopic(broker.Input, 2);
        var clients = TestClients.For(broker.BootstrapServers, new FlowLog());
        using var producer = new PacedProducer(clients, new KafkaEgressOptions { Compression = "none" }, broker.Input, 2);
        var seen = new long[2];
        var wrong = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var tail = new TopicTail(clients, new Dictionary<string, int> { [broker.Input] = 2 }, fromEnd: false, (_, record) =>
        {
            var partition = BitConverter.ToInt32(record.Value!) % 2;
            if (record.Offset != seen[partition] || BitConverter.ToInt32(record.Value!) != (seen[partition] * 2) + partition)
                wrong++;
            seen[partition]++;
            producer.Completed(partition, seen[partition]);
            if (seen[0] + seen[1] == records)
                all.SetResult();
        });
        var value = new byte[500];
        for (var n = 0; n < records; n++)
        {
            BitConverter.TryWriteBytes(value, n);
            await producer.Produce(n % 2, null, value, null, 0);
        }

        producer.Flush();
        await all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, wrong);
        // Three times what the broker keeps went through each partition.
        Assert.True(records / 2 * 500 > 2.5 * Assay.Kafka.Embedded.EmbeddedKafka.PartitionBytes);
    }

    [Fact]
    public void Window_WhenFull_WaitsUntilSomethingIsDone()
    {
        var window = new PartitionWindow(firstOffset: 100, maxBytes: 10, maxRecords: 3);
        Assert.Null(window.TryTake(50));
        var room = window.TryTake(1);
        Assert.NotNull(room);
        window.Completed(100);
        Assert.False(room.IsCompleted);
        window.Completed(101);
        Assert.True(room.IsCompleted);
        Assert.Null(window.TryTake(1));
        Assert.Null(window.TryTake(1));
        Assert.Null(window.TryTake(1));
        Assert.NotNull(window.TryTake(1));
    }

    [Fact]
    public async Task Tail_WhenTheCallbackThrows_StopsAndSaysSo()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopic(broker.Input, 1);
        var clients = TestClients.For(broker.BootstrapServers, new FlowLog());
        using var producer = new PacedProducer(clients, new KafkaEgressOptions(), broker.Input, 1);
        await producer.Produce(0, null, [1], [new RecordHeader("h", null)], 1_000);
        producer.Flush();
        using var tail = new TopicTail(
            clients, new Dictionary<string, int> { [broker.Input] = 1 }, fromEnd: false, (_, _) => throw new IOException("no"));
        await Assert.ThrowsAsync<IOException>(() => tail.Finished.WaitAsync(TimeSpan.FromSeconds(20)));
    }
}
