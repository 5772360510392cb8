using Assay.Kafka.Tests.Support;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Egress;

public sealed class FatalErrorTests
{
    [Fact]
    public async Task Outputs_AfterAFatalErrorOfTheProducer_PassByANewOne()
    {
        using var broker = new TestBroker(real: false);
        await broker.CreateTopics(1);
        using (var producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig { BootstrapServers = broker.BootstrapServers }).Build())
        {
            for (byte i = 0; i < 3; i++)
                producer.Produce(new TopicPartition(broker.Input, 0), new Message<byte[]?, byte[]?> { Key = "s"u8.ToArray(), Value = [i] });
            producer.Flush(TimeSpan.FromSeconds(20));
        }

        broker.Embedded.FailProducerId(ErrorCode.ClusterAuthorizationFailed);
        await using var ingress = await TestIngress.Start(broker, new FakeShards());
        await ingress.Log.Until(log => log.JudgedCount == 3, "all judged");

        Assert.Equal(3, broker.Read(broker.Names.Verdicts).Count);
    }
}
