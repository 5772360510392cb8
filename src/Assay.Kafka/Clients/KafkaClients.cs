using Assay.Contracts.Ports;
using Assay.Kafka.Egress;
using Assay.Kafka.Ingress;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assay.Kafka.Clients;

/// <summary>Makes every Kafka client of the process, so that all connect, log and report in the same way. Keys and values are bytes.</summary>
public sealed partial class KafkaClients(IOptions<KafkaOptions> options, IFlowObserver observer, ILogger<KafkaClients> log)
{
    private const int MaxHeartbeatMs = 3_000;
    private const int SocketMs = 60_000;
    private readonly KafkaOptions _options = options.Value;

    public BrokerHealth Health { get; } = new(observer);

    public KafkaOptions Options => _options;

    /// <summary>A member of the group: manual commits, cooperative-sticky, never a silent reset, only what is committed.</summary>
    public IConsumer<byte[]?, byte[]?> GroupConsumer(KafkaIngressOptions ingress, Action<ConsumerBuilder<byte[]?, byte[]?>> handlers)
    {
        var config = Connected(new ConsumerConfig(), "ingress");
        config.GroupId = ingress.Group;
        config.PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky;
        config.EnableAutoCommit = false;
        config.EnableAutoOffsetStore = false;
        config.AutoOffsetReset = AutoOffsetReset.Error;
        config.IsolationLevel = IsolationLevel.ReadCommitted;
        config.EnablePartitionEof = true;
        config.SessionTimeoutMs = (int)ingress.SessionTimeout.TotalMilliseconds;
        config.HeartbeatIntervalMs = (int)Math.Min(MaxHeartbeatMs, ingress.SessionTimeout.TotalMilliseconds / 4);
        config.FetchWaitMaxMs = (int)_options.FetchWait.TotalMilliseconds;
        config.QueuedMaxMessagesKbytes = 16 * 1_024;
        config.AllowAutoCreateTopics = false;
        var builder = new ConsumerBuilder<byte[]?, byte[]?>(config).SetErrorHandler((_, e) => OnError(e)).SetLogHandler((_, m) => OnLog(m));
        handlers(builder);
        return builder.Build();
    }

    /// <summary>Reads partitions that it is told to, outside any group and only what is committed, and says where they end.</summary>
    public IConsumer<byte[]?, byte[]?> Reader(string role)
    {
        var config = Connected(new ConsumerConfig(), role);
        config.GroupId = $"{_options.ClientId}-{role}";
        config.EnableAutoCommit = false;
        config.EnableAutoOffsetStore = false;
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        config.IsolationLevel = IsolationLevel.ReadCommitted;
        config.EnablePartitionEof = true;
        config.FetchWaitMaxMs = (int)_options.FetchWait.TotalMilliseconds;
        config.AllowAutoCreateTopics = false;
        return new ConsumerBuilder<byte[]?, byte[]?>(config).SetErrorHandler((_, e) => OnError(e)).SetLogHandler((_, m) => OnLog(m)).Build();
    }

    /// <summary>Idempotent, acknowledged by all replicas, never giving a message up for time.</summary>
    /// <param name="fatal">Told when the producer can do no more and another must take over: messages then fail with whatever error caused it.</param>
    /// <param name="alone">One message a request, so that "too large" is about that message and no other.</param>
    public IProducer<byte[]?, byte[]?> Producer(KafkaEgressOptions egress, string role, Action? fatal = null, bool alone = false) =>
        Build(Config(egress, role, alone), fatal);

    /// <summary>Of transactions: what is not acknowledged within a transaction's time fails with it.</summary>
    /// <param name="id">Transactional id: whoever takes it next ends the transaction of whoever had it before.</param>
    /// <param name="alone">One message a request, so that "too large" is about that message and no other.</param>
    public IProducer<byte[]?, byte[]?> TransactionalProducer(KafkaEgressOptions egress, string role, string id, bool alone)
    {
        var config = Config(egress, role, alone);
        var time = (int)_options.TransactionTimeout.TotalMilliseconds;
        config.TransactionalId = id;
        config.TransactionTimeoutMs = time;
        config.MessageTimeoutMs = time;
        config.SocketTimeoutMs = Math.Min(SocketMs, time);
        return Build(config, fatal: null);
    }

    private IProducer<byte[]?, byte[]?> Build(ProducerConfig config, Action? fatal) =>
        new ProducerBuilder<byte[]?, byte[]?>(config).SetErrorHandler((_, e) => OnError(e, fatal)).SetLogHandler((_, m) => OnLog(m)).Build();

    private ProducerConfig Config(KafkaEgressOptions egress, string role, bool alone)
    {
        var config = Connected(new ProducerConfig(), role);
        config.EnableIdempotence = true;
        config.Acks = Acks.All;
        config.MessageTimeoutMs = 0;
        config.LingerMs = alone ? 0 : egress.Linger.TotalMilliseconds;
        config.CompressionType = Enum.Parse<CompressionType>(egress.Compression, ignoreCase: true);
        config.MessageMaxBytes = egress.MaxMessageBytes;
        config.QueueBufferingMaxMessages = 0;
        config.QueueBufferingMaxKbytes = (int)Math.Max(64L * 1_024, 4L * egress.MaxInFlightBytes / 1_024);
        config.Partitioner = Partitioner.Murmur2Random;
        config.DeliveryReportFields = "status";
        config.AllowAutoCreateTopics = false;
        if (alone)
            config.BatchNumMessages = 1;
        return config;
    }

    public IAdminClient Admin() =>
        new AdminClientBuilder(Connected(new AdminClientConfig(), "admin")).SetErrorHandler((_, e) => OnError(e)).SetLogHandler((_, m) => OnLog(m)).Build();

    private T Connected<T>(T config, string role) where T : ClientConfig
    {
        config.BootstrapServers = _options.BootstrapServers;
        config.ClientId = $"{_options.ClientId}-{role}";
        config.TopicMetadataRefreshIntervalMs = (int)_options.MetadataInterval.TotalMilliseconds;
        config.ReconnectBackoffMs = 50;
        config.ReconnectBackoffMaxMs = 2_000;
        config.SecurityProtocol = (_options.Tls, _options.SaslMechanism) switch
        {
            (false, null) => SecurityProtocol.Plaintext,
            (true, null) => SecurityProtocol.Ssl,
            (false, _) => SecurityProtocol.SaslPlaintext,
            (true, _) => SecurityProtocol.SaslSsl,
        };
        config.SslCaLocation = _options.TlsCaFile;
        if (_options.SaslMechanism is { } mechanism)
        {
            config.SaslMechanism = mechanism switch
            {
                "SCRAM-SHA-256" => SaslMechanism.ScramSha256,
                "SCRAM-SHA-512" => SaslMechanism.ScramSha512,
                _ => SaslMechanism.Plain,
            };
            config.SaslUsername = _options.SaslUser;
            config.SaslPassword = _options.SaslPassword;
        }

        return config;
    }

    private void OnError(Error error, Action? fatal = null)
    {
        if (error.IsFatal)
            fatal?.Invoke();
        LogClientError(error.Code, error.Reason);
        Health.Report(error, _options.BootstrapServers);
    }

    private void OnLog(LogMessage message) => LogClient(message.Name, message.Facility, message.Message);
}
