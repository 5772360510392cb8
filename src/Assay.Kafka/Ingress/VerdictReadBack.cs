using System.Text;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Assay.Kafka.Clients;
using Assay.Kafka.Offsets;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Assay.Kafka.Ingress;

/// <summary>Reads the verdicts of an input partition that stand. Blocks on the network.</summary>
internal sealed class VerdictReadBack(KafkaClients clients, string group, TopicNames names)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Reads to the end of everything that was written by now. What is in a transaction that an earlier owner has left open may stand yet, so its end is
    /// waited for; what was aborted is not seen.
    /// </summary>
    /// <param name="start">Verdicts of earlier offsets are not needed.</param>
    /// <exception cref="KafkaException">Kafka does not answer: try again.</exception>
    /// <exception cref="KafkaSetupException">Verdicts that the state lacks are gone.</exception>
    public async Task<(VerdictMap Verdicts, VerdictPositions Positions)> Read(
        TopicPartition input, long start, long committed, PartitionMark? mark, CancellationToken cancel)
    {
        var position = mark?.Verdicts ?? 0;
        var partition = new TopicPartition(names.Verdicts, input.Partition);
        using var reader = clients.Reader("read-back");
        var low = reader.QueryWatermarkOffsets(partition, Timeout).Low.Value;
        StateLoss.ThrowIfVerdictsGone(group, input.Topic, input.Partition.Value, committed, low, mark);
        var end = await End(reader, partition);
        var (verdicts, positions) = (new VerdictMap(), new VerdictPositions(end));
        // A position beyond the end is of a verdict topic that was made anew.
        var from = position > end ? low : Math.Max(low, position);
        if (from == end)
            return (verdicts, positions);
        var prefix = Encoding.UTF8.GetBytes($"{input.Topic}/{input.Partition.Value}/");
        reader.Assign(new TopicPartitionOffset(partition, from));
        for (var next = from; next < end;)
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
        return (verdicts, positions);
    }

    /// <summary>After the last message, of whatever transaction; the reader itself sees only what is committed.</summary>
    private static async Task<long> End(IConsumer<byte[]?, byte[]?> reader, TopicPartition partition)
    {
        using var admin = new DependentAdminClientBuilder(reader.Handle).Build();
        var options = new ListOffsetsOptions { IsolationLevel = IsolationLevel.ReadUncommitted, RequestTimeout = Timeout };
        var answer = await admin.ListOffsetsAsync([new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = OffsetSpec.Latest() }], options);
        return answer.ResultInfos[0].TopicPartitionOffsetError.Offset.Value;
    }
}
