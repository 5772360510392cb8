using Assay.Contracts.Topics;
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
    private readonly VerdictReadBack _readBack = new(clients, options.Group, names);

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
        StateLoss.ThrowIfGone(options.Group, partition.Topic, partition.Partition.Value, committed, low, stored?.Mark);
        var start = Math.Max(low, stored?.Mark.Offset ?? 0);
        var (verdicts, positions) = switches.SkipReadBack
            ? (new VerdictMap(), new VerdictPositions())
            : await _readBack.Read(partition, start, committed, stored?.Mark, cancel);
        return new PartitionOpening(start, committed, verdicts, positions, committed >= 0 ? Math.Max(0, low - judged) : 0, stored);
    }

    private KafkaSetupException MadeAnew(TopicPartition partition, long offset, Offset end) => new(
        KafkaSetupProblem.Topics,
        $"Group {options.Group} has judged {partition.Topic}/{partition.Partition.Value} up to offset {offset}, but it ends at {end.Value}: the topic "
        + "was made anew. Nothing is read of it. Delete the group's offsets, its state and the output topics, or use another group, prefix and service id.");
}
