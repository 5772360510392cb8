using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Assay.Contracts.Records;
using Assay.Contracts.Sources;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Tests.Support;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Egress;

public class PassThroughTests
{
    // Young enough for the retention of a real broker.
    private static readonly long Time = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds();

    [Theory, InlineData(false), InlineData(true)]
    public async Task Admitted_IsTheRecordByteForByte(bool real)
    {
        using var broker = new TestBroker(real);
        await broker.CreateTopics(1);
        var messages = Odd();
        Write(broker, messages);
        await Run(broker, new FakeShards(), messages.Count);

        var copies = broker.Read(broker.Names.Admitted);
        Assert.Equal(messages.Count, copies.Count);
        for (var i = 0; i < messages.Count; i++)
            Same(messages[i], copies[i].Message, added: 0);
    }

    [Fact]
    public async Task Held_CarriesItsReasonsBehindItsOwnHeaders()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        var messages = Odd();
        Write(broker, messages);
        await Run(broker, new FakeShards { Score = _ => VerdictKind.Hold }, messages.Count);

        Assert.Empty(broker.Read(broker.Names.Admitted));
        var copies = broker.Read(broker.Names.Held);
        Assert.Equal(messages.Count, copies.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            Same(messages[i], copies[i].Message, added: 11);
            Assert.Equal("hold", Header(copies[i].Message, "assay-verdict"));
            Assert.Equal("1.5", Header(copies[i].Message, "assay-score"));
            Assert.Equal("odd", Header(copies[i].Message, "assay-reason"));
            Assert.Equal($"{broker.Input}/0/{i}", Header(copies[i].Message, "assay-id"));
        }
    }

    [Theory]
    [InlineData(DatasetMode.Observe, VerdictKind.Reject, 4, 0, 0)]
    [InlineData(DatasetMode.Mark, VerdictKind.Reject, 4, 0, 3)]
    [InlineData(DatasetMode.Enforce, VerdictKind.Reject, 0, 0, 0)]
    [InlineData(DatasetMode.Observe, VerdictKind.Hold, 4, 0, 0)]
    [InlineData(DatasetMode.Enforce, VerdictKind.Hold, 0, 4, 11)]
    public async Task Copies_FollowTheModeOfTheDataset(DatasetMode mode, VerdictKind kind, int admitted, int held, int headers)
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        var plain = Enumerable.Range(0, 4).Select(n => new Message<byte[]?, byte[]?> { Key = "s"u8.ToArray(), Value = [(byte)n] }).ToList();
        Write(broker, plain);
        await Run(broker, new FakeShards { Score = _ => kind, Mode = mode }, 4);

        Assert.Equal(4, broker.Read(broker.Names.Verdicts).Count);
        var copies = broker.Read(broker.Names.Admitted);
        Assert.Equal(admitted, copies.Count);
        var aside = broker.Read(broker.Names.Held);
        Assert.Equal(held, aside.Count);
        Assert.All(copies.Concat(aside), c => Assert.Equal(headers, c.Message.Headers.Count));
    }

    [Fact]
    public async Task DeadLetter_KeepsTheRecordAndNamesItsPlaceInBothFamilies()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        var messages = Odd();
        Write(broker, messages);
        await Run(broker, new FakeShards { Score = _ => VerdictKind.DeadLetter }, messages.Count);

        Assert.Empty(broker.Read(broker.Names.Verdicts));
        var dead = broker.Read(broker.Names.DeadLetters);
        Assert.Equal(messages.Count, dead.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            Same(messages[i], dead[i].Message, added: 11);
            Assert.Equal(broker.Input, Header(dead[i].Message, "__connect.errors.topic"));
            Assert.Equal("0", Header(dead[i].Message, "__connect.errors.partition"));
            Assert.Equal(i.ToString(CultureInfo.InvariantCulture), Header(dead[i].Message, "__connect.errors.offset"));
            Assert.Equal(broker.Input, Header(dead[i].Message, "kafka_dlt-original-topic"));
            Assert.Equal(0, BinaryPrimitives.ReadInt32BigEndian(dead[i].Message.Headers.GetLastBytes("kafka_dlt-original-partition")));
            Assert.Equal(i, BinaryPrimitives.ReadInt64BigEndian(dead[i].Message.Headers.GetLastBytes("kafka_dlt-original-offset")));
            Assert.Equal(ReadFailure.Stages.Map, Header(dead[i].Message, "__connect.errors.stage"));
            Assert.Equal("no label", Header(dead[i].Message, "__connect.errors.exception.message"));
        }
    }

    [Fact]
    public async Task Verdicts_StandInTheInputsPartitionKeyedByShard()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(3);
        var input = new TestInput(broker);
        input.Write(300, sources: 2, partitions: 3);
        await Run(broker, new FakeShards(), 300);

        foreach (var message in broker.Read(broker.Names.Verdicts))
        {
            var shard = SourceId.Parse(Encoding.UTF8.GetString(message.Message.Key!));
            Assert.Equal((broker.Input, message.Partition.Value), (shard.Topic, shard.Partition));
            Assert.Equal("application/cloudevents+json; charset=UTF-8", Header(message.Message, "content-type"));
        }
    }

    private static List<Message<byte[]?, byte[]?>> Odd() =>
    [
        new() { Key = null, Value = "no key"u8.ToArray() },
        new() { Key = [], Value = [] },
        new() { Key = [0, 255], Value = null },
        new() { Key = "k"u8.ToArray(), Value = [0xff, 0xfe, 0], Headers = new Headers { { "a", null }, { "a", [] }, { "b", [1, 2] }, { "a", [3] } } },
    ];

    private static void Write(TestBroker broker, List<Message<byte[]?, byte[]?>> messages)
    {
        using var producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build();
        foreach (var message in messages)
        {
            message.Timestamp = new Timestamp(Time, TimestampType.CreateTime);
            producer.Produce(new TopicPartition(broker.Input, 0), message);
        }

        producer.Flush(TimeSpan.FromSeconds(20));
    }

    private static async Task Run(TestBroker broker, FakeShards shards, int records)
    {
        await using var ingress = await TestIngress.Start(broker, shards);
        await ingress.Log.Until(log => log.JudgedCount == records, "all judged");
    }

    private static void Same(Message<byte[]?, byte[]?> expected, Message<byte[]?, byte[]?> actual, int added)
    {
        Assert.Equal(expected.Key, actual.Key);
        Assert.Equal(expected.Value, actual.Value);
        Assert.Equal(Time, actual.Timestamp.UnixTimestampMs);
        var headers = expected.Headers ?? [];
        Assert.Equal(headers.Count + added, actual.Headers?.Count ?? 0);
        for (var i = 0; i < headers.Count; i++)
        {
            Assert.Equal(headers[i].Key, actual.Headers![i].Key);
            Assert.Equal(headers[i].GetValueBytes(), actual.Headers[i].GetValueBytes());
        }
    }

    private static string Header(Message<byte[]?, byte[]?> message, string name) => Encoding.UTF8.GetString(message.Headers.GetLastBytes(name));
}
