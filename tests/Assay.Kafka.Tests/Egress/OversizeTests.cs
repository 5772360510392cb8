using System.Text;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Tests.Support;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Egress;

public class OversizeTests
{
    [Fact]
    public async Task Copy_WhenTheClientRefusesItsSize_BecomesADeadLetterWithTheValueCut()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        Write(broker, 100, 300_000, 100);
        await Run(broker, o =>
        {
            o.MaxMessageBytes = 100_000;
            o.CutBytes = 1_000;
        });

        Check(broker, trueSize: 300_000, cut: 1_000, admitted: 2);
    }

    [Fact]
    public async Task Copy_WhenTheTopicRefusesItsSize_TakesNoOtherRecordWithIt()
    {
        using var broker = new TestBroker(real: true);
        await broker.CreateTopic(broker.Input, 1);
        foreach (var spec in Assay.Kafka.Topics.TopicSpec.Outputs(broker.Names, 1, 1))
        {
            var small = spec.Name == broker.Names.Admitted || spec.Name == broker.Names.DeadLetters;
            await broker.CreateTopic(spec.Name, 1, small ? new Dictionary<string, string> { ["max.message.bytes"] = "5000" } : null);
        }

        Write(broker, [.. Enumerable.Repeat(100, 40), 20_000, .. Enumerable.Repeat(100, 40)]);
        await Run(broker, o =>
        {
            o.CutBytes = 1_000;
            o.Compression = "none";
        }, records: 81);

        Check(broker, trueSize: 20_000, cut: 1_000, admitted: 80);
    }

    [Fact]
    public async Task DeadLetter_WhenEvenItsHeadersAreTooLarge_KeepsItsPlaceAndReason()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        Write(broker, 300_000);
        await Run(broker, o =>
        {
            o.MaxMessageBytes = 20_000;
            o.CutBytes = 50_000;
        }, records: 1);

        var dead = Assert.Single(broker.Read(broker.Names.DeadLetters)).Message;
        Assert.Null(dead.Value);
        Assert.Null(dead.Key);
        Assert.Equal("300000", Encoding.UTF8.GetString(dead.Headers.GetLastBytes("assay-value-size")));
        Assert.Equal("0", Encoding.UTF8.GetString(dead.Headers.GetLastBytes("__connect.errors.offset")));
    }

    private static void Write(TestBroker broker, params int[] sizes)
    {
        using var producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build();
        foreach (var size in sizes)
            producer.Produce(new TopicPartition(broker.Input, 0), new Message<byte[]?, byte[]?> { Key = "s"u8.ToArray(), Value = new byte[size] });
        producer.Flush(TimeSpan.FromSeconds(20));
    }

    private static async Task Run(TestBroker broker, Action<Assay.Kafka.Egress.KafkaEgressOptions> egress, int records = 3)
    {
        await using var ingress = await TestIngress.Start(broker, new FakeShards { Score = _ => VerdictKind.Admit }, egress: egress);
        await ingress.Log.Until(log => log.JudgedCount == records, "all judged");
    }

    private static void Check(TestBroker broker, int trueSize, int cut, int admitted)
    {
        Assert.Equal(admitted, broker.Read(broker.Names.Admitted).Select(m => m.Message.Value!.Length).Count(n => n == 100));
        var dead = Assert.Single(broker.Read(broker.Names.DeadLetters)).Message;
        Assert.Equal(cut, dead.Value!.Length);
        Assert.Equal("s"u8.ToArray(), dead.Key);
        Assert.Equal(trueSize.ToString(System.Globalization.CultureInfo.InvariantCulture), Encoding.UTF8.GetString(dead.Headers.GetLastBytes("assay-value-size")));
        Assert.Equal("produce", Encoding.UTF8.GetString(dead.Headers.GetLastBytes("__connect.errors.stage")));
        Assert.Equal(admitted + 1, broker.Read(broker.Names.Verdicts).Count);
    }
}
