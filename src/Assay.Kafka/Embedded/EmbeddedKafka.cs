using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;

namespace Assay.Kafka.Embedded;

/// <summary>
/// A Kafka cluster inside this process, on random loopback ports, for trying, replaying and testing. Ordinary clients, also of other
/// processes, connect to <see cref="BootstrapServers"/>. Everything is gone at <see cref="Dispose"/>.
/// </summary>
/// <remarks>
/// Keeps the newest 5 MiB (as compressed by the producer) of each partition and drops the rest without a word, so whoever
/// produces must be throttled by who consumes (<see cref="Writing.PacedProducer"/>). Knows no admin calls but metadata, no compaction,
/// no time retention and no transactions.
/// </remarks>
public sealed class EmbeddedKafka : IDisposable
{
    /// <summary>Bytes that a partition keeps, compressed; a constant of librdkafka.</summary>
    public const int PartitionBytes = 5 * 1024 * 1024;

    private const int Producer = 0;
    private const short ProduceRequest = 0;
    private const short OffsetCommitRequest = 8;
    private const short InitProducerIdRequest = 22;
    private const short AddOffsetsToTxnRequest = 25;
    private readonly ClientHandle _client;
    private readonly ClusterHandle _cluster;

    /// <param name="brokers">1 or more.</param>
    /// <exception cref="InvalidOperationException">librdkafka could not start it; the message is librdkafka's.</exception>
    public EmbeddedKafka(int brokers = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(brokers, 1);
        var conf = MockApi.ConfNew();
        _ = MockApi.ConfSet(conf, "log_level", "0", 0, 0);
        _ = MockApi.ConfSet(conf, "client.id", "assay-embedded", 0, 0);
        var error = new byte[512];
        _client = MockApi.New(Producer, conf, error, (nuint)error.Length);
        if (_client.IsInvalid)
            throw new InvalidOperationException("Embedded Kafka: " + Encoding.UTF8.GetString(error).TrimEnd('\0'));
        _cluster = MockApi.ClusterNew(_client, brokers);
        if (_cluster.IsInvalid)
        {
            _client.Dispose();
            throw new InvalidOperationException("Embedded Kafka: the mock cluster did not start.");
        }

        MockApi.GroupInitialRebalanceDelay(_cluster, 0);
        BootstrapServers = Marshal.PtrToStringUTF8(MockApi.Bootstraps(_cluster))!;
    }

    /// <summary>Comma-separated <c>host:port</c>.</summary>
    public string BootstrapServers { get; }

    /// <param name="partitions">1 or more.</param>
    /// <exception cref="KafkaException">The topic exists.</exception>
    public void CreateTopic(string name, int partitions) => Check(MockApi.TopicCreate(_cluster, name, partitions, 1));

    /// <summary>Answers the next produce requests with these errors, one request each.</summary>
    public void FailProduce(params ErrorCode[] errors) => Push(ProduceRequest, errors);

    /// <summary>Answers the next offset commits with these errors, one request each.</summary>
    public void FailCommit(params ErrorCode[] errors) => Push(OffsetCommitRequest, errors);

    /// <summary>Answers the next idempotent producers that ask for an id with these errors, one request each.</summary>
    public void FailProducerId(params ErrorCode[] errors) => Push(InitProducerIdRequest, errors);

    /// <summary>Answers the next requests to take a group's offsets into a transaction with these errors, one request each, and then as usual.</summary>
    public void FailTransactionOffsets(params ErrorCode[] errors)
    {
        MockApi.ClearRequestErrors(_cluster, AddOffsetsToTxnRequest);
        Push(AddOffsetsToTxnRequest, errors);
    }

    /// <summary>Closes the broker's connections and refuses new ones.</summary>
    /// <param name="broker">Counted from 1.</param>
    public void Down(int broker = 1) => Check(MockApi.BrokerDown(_cluster, broker));

    /// <inheritdoc cref="Down"/>
    public void Up(int broker = 1) => Check(MockApi.BrokerUp(_cluster, broker));

    /// <summary>Delays every answer of the broker.</summary>
    public void RoundTrip(TimeSpan time, int broker = 1) => Check(MockApi.BrokerRoundTrip(_cluster, broker, (int)time.TotalMilliseconds));

    /// <summary>Moves the coordinator of a consumer group.</summary>
    public void MoveCoordinator(string group, int broker) => Check(MockApi.Coordinator(_cluster, "group", group, broker));

    public void MoveLeader(string topic, int partition, int broker) => Check(MockApi.Leader(_cluster, topic, partition, broker));

    public void Dispose()
    {
        _cluster.Dispose();
        _client.Dispose();
    }

    private void Push(short api, ErrorCode[] errors) =>
        MockApi.PushRequestErrors(_cluster, api, (nuint)errors.Length, Array.ConvertAll(errors, e => (int)e));

    private static void Check(int error)
    {
        if (error != 0)
            throw new KafkaException((ErrorCode)error);
    }
}
