using Assay.Contracts.Sources;
using Assay.Contracts.Verdicts;

namespace Assay.Kafka.Tests.Support;

/// <summary>The promises of the data plane, checked against the topics and the states. Empty lists mean that they hold.</summary>
internal static class Invariants
{
    /// <summary>Every source has seen each of its records exactly once.</summary>
    public static List<string> Violations(TestBroker broker, TestInput input, FakeShards shards)
    {
        var violations = new List<string>();
        foreach (var ((source, partition), offsets) in input.Offsets)
        {
            var seen = shards[new SourceId(broker.Input, partition, source)].Seen;
            var lost = offsets.Except(seen).Count();
            var doubled = seen.Length - seen.Distinct().Count();
            if (lost > 0 || doubled > 0)
                violations.Add($"{source}/{partition}: {lost} lost, {doubled} double");
        }

        return violations;
    }

    /// <summary>Every record has verdicts or a dead letter, and never two different verdicts.</summary>
    public static List<string> OutputViolations(TestBroker broker, TestInput input)
    {
        var violations = new List<string>();
        var verdicts = Verdicts(broker);
        var dead = broker.Read(broker.Names.DeadLetters).Select(m => (Partition(m), Offset(m))).ToHashSet();
        foreach (var ((_, partition), offsets) in input.Offsets)
        {
            foreach (var offset in offsets)
            {
                var kinds = verdicts.GetValueOrDefault((partition, offset));
                if (kinds is null && !dead.Contains((partition, offset)))
                    violations.Add($"{partition}/{offset}: no verdict");
                else if (kinds?.Distinct().Count() > 1)
                    violations.Add($"{partition}/{offset}: {string.Join(" and ", kinds.Distinct())}");
            }
        }

        return violations;
    }

    /// <summary>All verdict messages of each record, in order.</summary>
    public static Dictionary<(int Partition, long Offset), List<VerdictKind>> Verdicts(TestBroker broker)
    {
        var verdicts = new Dictionary<(int, long), List<VerdictKind>>();
        foreach (var message in broker.Read(broker.Names.Verdicts))
        {
            Assert.True(VerdictCodec.TryReadKind(message.Message.Value, out var offset, out var kind));
            var key = (message.Partition.Value, offset);
            if (!verdicts.TryGetValue(key, out var kinds))
                verdicts[key] = kinds = [];
            kinds.Add(kind);
        }

        return verdicts;
    }

    private static int Partition(Confluent.Kafka.ConsumeResult<byte[]?, byte[]?> message) => (int)Number(message, "__connect.errors.partition");

    private static long Offset(Confluent.Kafka.ConsumeResult<byte[]?, byte[]?> message) => Number(message, "__connect.errors.offset");

    private static long Number(Confluent.Kafka.ConsumeResult<byte[]?, byte[]?> message, string header) =>
        long.Parse(System.Text.Encoding.UTF8.GetString(message.Message.Headers.GetLastBytes(header)), System.Globalization.CultureInfo.InvariantCulture);
}
