using Confluent.Kafka;

namespace Assay.Kafka.Tests.Support;

/// <summary>Writes values that do not compress, to partition 0.</summary>
internal sealed class RandomInput(TestBroker broker)
{
    private readonly Random _random = new(5);

    public void Write(int count, int bytes)
    {
        using var producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig
        {
            BootstrapServers = broker.BootstrapServers,
            QueueBufferingMaxMessages = 0,
        }).Build();
        for (var n = 0; n < count; n++)
        {
            var value = new byte[bytes];
            _random.NextBytes(value);
            producer.Produce(new TopicPartition(broker.Input, 0), new Message<byte[]?, byte[]?> { Key = "s"u8.ToArray(), Value = value });
        }

        producer.Flush(TimeSpan.FromSeconds(30));
    }
}
