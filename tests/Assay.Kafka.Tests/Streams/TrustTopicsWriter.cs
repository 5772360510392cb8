using Assay.Contracts.Topics;
using Assay.Contracts.Trust;
using Assay.Kafka.Tests.Support;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Streams;

/// <summary>Writes the trust topics as the publisher would.</summary>
internal sealed class TrustTopicsWriter(TestBroker broker) : IDisposable
{
    private readonly IProducer<string, byte[]> _producer = new ProducerBuilder<string, byte[]>(
        new ProducerConfig { BootstrapServers = broker.BootstrapServers, EnableIdempotence = true, Partitioner = Partitioner.Murmur2Random }).Build();

    private readonly TopicNames _names = broker.Names;

    /// <summary>Decisions about <paramref name="identities"/> identities in turn, with epochs that count up from <paramref name="from"/>.</summary>
    public async Task Decisions(int count, int identities = 20, int from = 0)
    {
        for (var i = from; i < from + count; i++)
            await Decision($"writer-{i % identities}", 1 + (i / identities));
    }

    public Task<DeliveryResult<string, byte[]>> Decision(string identity, long epoch, int? partition = null) =>
        Raw(_names.TrustLog, identity, TrustCodec.Write(Make(identity, epoch)), partition);

    public Task<DeliveryResult<string, byte[]>> Recall(string identity, long epoch) => Raw(_names.Recalls, identity, TrustCodec.Write(new Recall
    {
        Identity = identity,
        Epoch = epoch,
        From = "in/0/1",
        To = "in/0/9",
        Records = 9,
        Ranges = [new RecallRange("in", 0, 1, 9)],
    }));

    public Task<DeliveryResult<string, byte[]>> Raw(string topic, string key, byte[] value, int? partition = null)
    {
        var message = new Message<string, byte[]> { Key = key, Value = value };
        return partition is { } p ? _producer.ProduceAsync(new TopicPartition(topic, p), message) : _producer.ProduceAsync(topic, message);
    }

    public void Dispose() => _producer.Dispose();

    private static Decision Make(string identity, long epoch) => new()
    {
        Identity = identity,
        Standing = Standing.Watched,
        Epoch = epoch,
        Reason = "15 labels turned, 1.9 expected",
        Evidence = new DecisionEvidence(10, 100_000),
    };
}
