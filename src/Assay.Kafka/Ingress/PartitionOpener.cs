using Assay.Contracts.Topics;
using Assay.Kafka.Clients;
using Assay.Kafka.Egress;
using Assay.Kafka.Offsets;
using Assay.Kafka.Topics;
using Confluent.Kafka;

namespace Assay.Kafka.Ingress;

/// <summary>
/// Finds out where a new owner starts, and which verdicts stand (DATA-PLANE rule 8). Blocks on the network: never on the loop's thread.
/// </summary>
internal sealed class PartitionOpener(
    KafkaClients clients, KafkaIngressOptions options, TopicNames names, TopicWidths widths, IPartitionMarks marks, IngressSwitches switches)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly VerdictReadBack _readBack = new(clients, options.Group, names);

    /// <exception cref="KafkaException">Kafka does not answer: try again.</exception>
    /// <exception cref="KafkaSetupException">
    /// The offsets make no sense, so that going on would lose or repeat records; or there is no place for the verdicts.
    /// </exception>
    public async Task<PartitionOpening> Open(IConsumer<byte[]?, byte[]?> group, TopicPartition partition, CancellationToken cancel)
    {
        var route = Route(partition);
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
        var loss = RetentionLoss.Between(Math.Max(committed, stored?.Mark.Offset ?? -1), low);
        var accepted = loss?.AcceptedBy(stored?.LossAccepted ?? 0) == true;
        if (loss is not null && !accepted)
            return new PartitionOpening(start, committed, new VerdictMap(), new VerdictPositions(), stored, loss);
        var (verdicts, positions) = switches.SkipReadBack
            ? (new VerdictMap(), new VerdictPositions())
            : await _readBack.Read(partition, start, committed, stored?.Mark, cancel);
        return new PartitionOpening(
            start, committed, verdicts, positions, stored, loss, accepted, committed < 0 && stored is null && Begun(group, partition), route);
    }

    /// <summary>A partition that was added since the last look may have its place in the outputs by now.</summary>
    private OutputRoute Route(TopicPartition partition)
    {
        if (partition.Partition.Value >= Math.Min(widths[partition.Topic], widths[names.Verdicts]))
            widths.Refresh();
        if (partition.Partition.Value >= widths[names.Verdicts])
            throw Narrow(partition);
        return new OutputRoute(partition, names, widths.All);
    }

    /// <summary>The group has judged records of other partitions of the topic.</summary>
    private bool Begun(IConsumer<byte[]?, byte[]?> group, TopicPartition partition)
    {
        var others = Enumerable.Range(0, widths[partition.Topic]).Where(p => p != partition.Partition.Value).Select(p => new TopicPartition(partition.Topic, p)).ToList();
        return others.Count > 0 && group.Committed(others, Timeout).Exists(o => o.Offset.Value > 0);
    }

    private KafkaSetupException Narrow(TopicPartition partition) => new(
        KafkaSetupProblem.Narrow,
        $"{names.Verdicts} has {widths[names.Verdicts]} partitions and {partition.Topic} has {widths[partition.Topic]}: verdicts of partition p stand in "
        + $"partition p, so {partition.Topic}/{partition.Partition.Value} is not read until it has its own. 'assay topics create' adds them, and reading begins by itself.");

    public KafkaSetupException MadeAnew(TopicPartition partition, long offset, Offset end) => new(
        KafkaSetupProblem.Topics,
        $"Group {options.Group} has judged {partition.Topic}/{partition.Partition.Value} up to offset {offset}, but it ends at {end.Value}: the topic "
        + "was made anew. Nothing is read of it. Delete the group's offsets, its state and the output topics, or use another group, prefix and service id.");
}
