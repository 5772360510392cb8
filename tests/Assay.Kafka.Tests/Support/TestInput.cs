using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Support;

/// <summary>Writes records keyed by source to the input topic, and remembers where they went.</summary>
internal sealed class TestInput(TestBroker broker)
{
    /// <summary>Offsets of each source in each partition, in order.</summary>
    public Dictionary<(string Source, int Partition), List<long>> Offsets { get; } = [];

    public int Count { get; private set; }

    /// <summary>Record n has source <c>s(n mod sources)</c>, partition n mod partitions, value <c>n</c>.</summary>
    public void Write(int count, int sources, int partitions, int valueBytes = 0)
    {
        using var producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig
        {
            BootstrapServers = broker.BootstrapServers,
            EnableIdempotence = true,
            LingerMs = 5,
            CompressionType = CompressionType.Zstd,
            QueueBufferingMaxMessages = 0,
        }).Build();
        for (var n = 0; n < count; n++)
        {
            var number = Count + n;
            var source = $"s{number / partitions % sources}";
            var partition = number % partitions;
            var value = Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture).PadRight(valueBytes));
            producer.Produce(
                new TopicPartition(broker.Input, partition), new Message<byte[]?, byte[]?> { Key = Encoding.UTF8.GetBytes(source), Value = value },
                report => Delivered(report, source));
        }

        producer.Flush(TimeSpan.FromSeconds(30));
        Count += count;
        foreach (var offsets in Offsets.Values)
            offsets.Sort();
    }

    private void Delivered(DeliveryReport<byte[]?, byte[]?> report, string source)
    {
        if (report.Error.IsError)
            throw new KafkaException(report.Error);
        lock (Offsets)
        {
            var key = (source, report.Partition.Value);
            if (!Offsets.TryGetValue(key, out var offsets))
                Offsets[key] = offsets = [];
            offsets.Add(report.Offset.Value);
        }
    }
}
