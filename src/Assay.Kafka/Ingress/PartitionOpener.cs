using System.Text;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Clients;
using Assay.Kafka.Offsets;
using Confluent.Kafka;

namespace Assay.Kafka.Ingress;

/// <summary>
/// Finds out where a new owner starts, and which verdicts stand (DATA-PLANE rule 8). Blocks on the network: never on the loop's thread.
/// </summary>
internal sealed class PartitionOpener(
    KafkaClients clients, KafkaIngressOptions options, TopicNames names, IVerdictPositions positions, IngressSwitches switches)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <exception cref="KafkaException">Kafka does not answer: try again.</exception>
    /// <exception cref="KafkaSetupException">The offsets make no sense, so that going on would lose or repeat records.</exception>
    public async Task<PartitionOpening> Open(IConsumer<byte[]?, byte[]?> group, TopicPartition partition, CancellationToken cancel)
    {
        var stored = group.Committed([partition], Timeout)[0].Offset;
        var committed = stored.IsSpecial ? -1 : stored.Value;
        var watermarks = group.QueryWatermarkOffsets(partition, Timeout);
        if (committed > watermarks.High)
        {
            throw new KafkaSetupException(
                KafkaSetupProblem.Topics,
                $"Group {options.Group} has committed offset {committed} of {partition.Topic}/{partition.Partition.Value}, which ends at {watermarks.High.Value}: the topic "
                + "was made anew. Nothing is read of it. Delete the group's offsets and the output topics, or use another group and prefix.");
        }

        var low = watermarks.Low.Value;
        var start = options.DurableState && committed >= 0 ? Math.Max(committed, low) : low;
        var verdicts = new VerdictMap();
        if (!switches.SkipReadBack)
            await ReadBack(partition, start, verdicts, cancel);
        return new PartitionOpening(start, committed, verdicts, committed >= 0 ? Math.Max(0, low - committed) : 0);
    }

    private async Task ReadBack(TopicPartition input, long start, VerdictMap verdicts, CancellationToken cancel)
    {
        var partition = new TopicPartition(names.Verdicts, input.Partition);
        using var reader = clients.Reader("read-back");
        var ends = reader.QueryWatermarkOffsets(partition, Timeout);
        var from = Math.Max(ends.Low.Value, await positions.Get(input.Topic, input.Partition.Value) ?? 0);
        if (from >= ends.High.Value)
            return;
        var prefix = Encoding.UTF8.GetBytes($"{input.Topic}/{input.Partition.Value}/");
        reader.Assign(new TopicPartitionOffset(partition, from));
        for (var next = from; next < ends.High.Value;)
        {
            cancel.ThrowIfCancellationRequested();
            var result = reader.Consume(Poll);
            if (result is null)
                continue;
            next = result.Offset.Value + (result.IsPartitionEOF ? 0 : 1);
            if (result.IsPartitionEOF || result.Message.Key is not { } key || !key.AsSpan().StartsWith(prefix))
                continue;
            if (VerdictCodec.TryReadKind(result.Message.Value, out var offset, out var kind)
                && offset >= start && kind is (VerdictKind.Admit or VerdictKind.Hold or VerdictKind.Reject))
                verdicts.TryAdd(offset, kind);
        }

        reader.Unassign();
    }
}
