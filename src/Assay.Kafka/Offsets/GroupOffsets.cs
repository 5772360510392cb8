using Assay.Kafka.Clients;
using Assay.Kafka.Ingress;
using Assay.Kafka.Topics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Options;

namespace Assay.Kafka.Offsets;

/// <summary>A partition of an input topic: what Kafka still holds of it, and how far the group is.</summary>
/// <param name="Low">The oldest offset kept.</param>
/// <param name="High">Next offset to be written.</param>
/// <param name="Committed">Next to read, −1 where the group has committed nothing.</param>
public sealed record PartitionRange(string Topic, int Partition, long Low, long High, long Committed);

/// <summary>Looks at the consumer group from outside, joining nothing.</summary>
public sealed class GroupOffsets(KafkaClients clients, IOptions<KafkaIngressOptions> ingress)
{
    private readonly KafkaIngressOptions _ingress = ingress.Value;

    public string Group => _ingress.Group;

    /// <summary>Who reads in the group now: client and address of each member.</summary>
    /// <exception cref="KafkaSetupException">Kafka does not say.</exception>
    public async Task<IReadOnlyList<string>> Members()
    {
        using var admin = clients.Admin();
        try
        {
            var described = await admin.DescribeConsumerGroupsAsync([Group],
                new DescribeConsumerGroupsOptions { RequestTimeout = clients.Options.StartTimeout });
            return [.. described.ConsumerGroupDescriptions[0].Members.Select(m => $"{m.ClientId} {m.Host}")];
        }
        catch (DescribeConsumerGroupsException e) when (e.Results.ConsumerGroupDescriptions.All(d => d.Error.Code == ErrorCode.GroupIdNotFound))
        {
            return [];
        }
        catch (KafkaException e)
        {
            throw new KafkaSetupException(KafkaSetupProblem.Unreachable, $"Kafka does not say who is in group {Group}: {e.Error.Reason}", e);
        }
    }

    /// <summary>Moves the group's place in a partition. Only while the group has no members.</summary>
    /// <exception cref="KafkaSetupException">Kafka refuses.</exception>
    public async Task Move(string topic, int partition, long offset)
    {
        using var admin = clients.Admin();
        try
        {
            await admin.AlterConsumerGroupOffsetsAsync([new ConsumerGroupTopicPartitionOffsets(Group, [new TopicPartitionOffset(topic, partition, offset)])],
                new AlterConsumerGroupOffsetsOptions { RequestTimeout = clients.Options.StartTimeout });
        }
        catch (KafkaException e)
        {
            throw new KafkaSetupException(KafkaSetupProblem.Unreachable, $"Kafka does not move group {Group} to {offset} of {topic}/{partition}: {e.Error.Reason}", e);
        }
    }

    /// <summary>Every partition of the input topics that exist.</summary>
    /// <exception cref="KafkaSetupException">Kafka does not answer, or an input topic is missing.</exception>
    public IReadOnlyList<PartitionRange> Partitions()
    {
        var present = TopicCatalog.Partitions(clients);
        var absent = _ingress.Topics.Where(t => !present.ContainsKey(t)).ToList();
        if (absent.Count > 0)
            throw new KafkaSetupException(KafkaSetupProblem.Topics, $"Input topics that do not exist: {string.Join(", ", absent)}.");
        using var consumer = clients.GroupConsumer(_ingress, _ => { });
        try
        {
            var partitions = _ingress.Topics.SelectMany(t => Enumerable.Range(0, present[t]).Select(p => new TopicPartition(t, p))).ToList();
            return [.. consumer.Committed(partitions, clients.Options.StartTimeout).Select(c =>
            {
                var ends = consumer.QueryWatermarkOffsets(c.TopicPartition, clients.Options.StartTimeout);
                return new PartitionRange(c.Topic, c.Partition.Value, ends.Low.Value, ends.High.Value, c.Offset.IsSpecial ? -1 : c.Offset.Value);
            })];
        }
        catch (KafkaException e)
        {
            throw new KafkaSetupException(KafkaSetupProblem.Unreachable, $"Kafka does not tell the offsets of group {Group}: {e.Error.Reason}", e);
        }
    }
}
