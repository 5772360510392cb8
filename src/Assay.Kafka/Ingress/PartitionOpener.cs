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
    KafkaClients clients, KafkaIngressOptions options, TopicNames names, IPartitionMarks marks, IngressSwitches switches)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <exception cref="KafkaException">Kafka does not answer: try again.</exception>
    /// <exception cref="KafkaSetupException">The offsets make no sense, so that going on would lose or repeat records.</exception>
    public async Task<PartitionOpening> Open(IConsumer<byte[]?, byte[]?> group, TopicPartition partition, CancellationToken cancel)
    {
        var offset = group.Committed([partition], Timeout)[0].Offset;
        var committed = offset.IsSpecial ? -1 : offset.Value;
        var watermarks = group.QueryWatermarkOffsets(partition, Timeout);
        var stored = options.DurableState ? await marks.Read(partition.Topic, partition.Partition.Value).WaitAsync(cancel) : null;
        var judged = Math.Max(committed, stored?.Mark.Offset ?? 0);
        if (judged > watermarks.High)
            throw MadeAnew(partition, judged, watermarks.High);
        if (options.DurableState)
            StateLoss.ThrowIfLost(options.Group, partition.Topic, partition.Partition.Value, committed, stored?.Mark);
        var low = watermarks.Low.Value;
        var start = Math.Max(low, stored?.Mark.Offset ?? 0);
        var verdicts = new VerdictMap();
        var positions = switches.SkipReadBack
            ? new VerdictPositions()
            : ReadBack(partition, start, stored?.Mark.Verdicts ?? 0, verdicts, cancel);
        return new PartitionOpening(start, committed, verdicts, positions, committed >= 0 ? Math.Max(0, low - judged) : 0, stored);
    }

    private VerdictPositions ReadBack(TopicPartition input, long start, long position, VerdictMap verdicts, CancellationToken cancel)
    {
        var partition = new TopicPartition(names.Verdicts, input.Partition);
        using var reader = clients.Reader("read-back");
        var ends = reader.QueryWatermarkOffsets(partition, Timeout);
        var positions = new VerdictPositions(ends.High.Value);
        // A position beyond the end is of a verdict topic that was made anew.
        var from = position > ends.High.Value ? ends.Low.Value : Math.Max(ends.Low.Value, position);
        if (from == ends.High.Value)
            return positions;
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
            {
                verdicts.TryAdd(offset, kind);
                positions.Found(offset, result.Offset.Value);
            }
        }

        reader.Unassign();
        return positions;
    }

    private KafkaSetupException MadeAnew(TopicPartition partition, long offset, Offset end) => new(
        KafkaSetupProblem.Topics,
        $"Group {options.Group} has judged {partition.Topic}/{partition.Partition.Value} up to offset {offset}, but it ends at {end.Value}: the topic "
        + "was made anew. Nothing is read of it. Delete the group's offsets, its state and the output topics, or use another group, prefix and service id.");
}
