using Assay.Contracts.Verdicts;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Ingress;
using Confluent.Kafka;

namespace Assay.Kafka.Tests.Support;

/// <summary>A real broker, and ingresses over it that deliver exactly once.</summary>
internal static class ExactlyOnce
{
    public static async Task<TestBroker> Broker(int partitions = 1)
    {
        var broker = new TestBroker(real: true);
        await broker.CreateTopics(partitions);
        return broker;
    }

    public static Task<TestIngress> Start(
        TestBroker broker, FakeShards shards, IPartitionMarks marks, IngressSwitches? switches = null, Action<KafkaIngressOptions>? ingress = null,
        Action<KafkaEgressOptions>? egress = null, int transactionSeconds = 6) =>
        TestIngress.Start(broker, shards, switches, marks: marks, egress: egress, kafka: o => Set(o, transactionSeconds), ingress: o =>
        {
            o.DurableState = true;
            ingress?.Invoke(o);
        });

    private static void Set(KafkaOptions kafka, int transactionSeconds)
    {
        kafka.Delivery = DeliveryGuarantee.ExactlyOnce;
        kafka.TransactionTimeout = TimeSpan.FromSeconds(transactionSeconds);
    }

    public static long Committed(FlowLog log, int partition = 0) => log.Positions.GetValueOrDefault(partition).Committed;

    /// <summary>What a reader of committed messages sees of the outputs is not one verdict a record, and one copy of each admitted one.</summary>
    public static List<string> Violations(TestBroker broker, TestInput input)
    {
        var violations = Invariants.OutputViolations(broker, input);
        var verdicts = Invariants.Verdicts(broker);
        violations.AddRange(verdicts.Where(v => v.Value.Count > 1).Select(v => $"{v.Key}: {v.Value.Count} verdicts"));
        var copies = broker.Read(broker.Names.Admitted).Select(Number).ToList();
        var admitted = verdicts.Count(v => v.Value[0] == VerdictKind.Admit);
        if (copies.Count != admitted || copies.Distinct().Count() != admitted)
            violations.Add($"{copies.Count} copies of {copies.Distinct().Count()} records, and {admitted} admitted");
        return violations;
    }

    /// <summary>Messages of a topic, those of aborted transactions among them.</summary>
    public static int Everything(TestBroker broker, string topic, int partitions)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig
        {
            BootstrapServers = broker.BootstrapServers,
            GroupId = "everything",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            IsolationLevel = IsolationLevel.ReadUncommitted,
        }).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        var count = 0;
        for (var open = partitions; open > 0;)
        {
            var message = consumer.Consume(TimeSpan.FromSeconds(20)) ?? throw new TimeoutException($"{topic} could not be read.");
            if (message.IsPartitionEOF)
                open--;
            else
                count++;
        }

        return count;
    }

    private static string Number(ConsumeResult<byte[]?, byte[]?> copy) => System.Text.Encoding.UTF8.GetString(copy.Message.Value!);
}
