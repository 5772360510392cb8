using Assay.Contracts.Records;
using Assay.Kafka.Clients;
using Assay.Kafka.Topics;
using Confluent.Kafka;

namespace Assay.Kafka.Reading;

/// <summary>Reads a topic once: every partition from the oldest message kept to its end as it is when the reading begins.</summary>
public sealed class TopicScan(KafkaClients clients, TopicAdmin topics, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <param name="message">Takes the partition and the message; those of a partition come in order.</param>
    /// <exception cref="KafkaSetupException">The topic does not exist, or no broker has answered for <see cref="KafkaOptions.StartTimeout"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller stops it.</exception>
    public void Read(string topic, Action<int, InputRecord> message, CancellationToken cancellation)
    {
        if (!topics.Partitions().TryGetValue(topic, out var count))
            throw new KafkaSetupException(KafkaSetupProblem.Topics, $"Topic {topic} does not exist at {clients.Options.BootstrapServers}.");
        using var reader = clients.Reader("scan");
        try
        {
            var ends = Ends(reader, topic, count);
            reader.Assign(ends.Select(end => new TopicPartitionOffset(topic, end.Key, Offset.Beginning)));
            Read(reader, topic, ends, message, cancellation);
        }
        catch (KafkaException e)
        {
            throw Unreachable(topic, e.Error.Reason);
        }
        finally
        {
            reader.Close();
        }
    }

    /// <summary>Where each partition that holds something ends.</summary>
    private Dictionary<int, long> Ends(IConsumer<byte[]?, byte[]?> reader, string topic, int partitions)
    {
        var ends = new Dictionary<int, long>();
        for (var partition = 0; partition < partitions; partition++)
        {
            var marks = reader.QueryWatermarkOffsets(new TopicPartition(topic, partition), clients.Options.StartTimeout);
            if (marks.High > marks.Low)
                ends[partition] = marks.High;
        }

        return ends;
    }

    private void Read(
        IConsumer<byte[]?, byte[]?> reader, string topic, Dictionary<int, long> open, Action<int, InputRecord> message, CancellationToken cancellation)
    {
        var heard = time.GetTimestamp();
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var result = Next(reader);
            if (result is null)
            {
                if (time.GetElapsedTime(heard) > clients.Options.StartTimeout)
                    throw Unreachable(topic, "it does not answer");
                continue;
            }

            heard = time.GetTimestamp();
            var partition = result.Partition.Value;
            if (!open.TryGetValue(partition, out var end))
                continue;
            if (!result.IsPartitionEOF && result.Offset < end)
                message(partition, KafkaMessages.ToRecord(result));
            if (result.IsPartitionEOF || result.Offset >= end - 1)
                open.Remove(partition);
        }
    }

    /// <summary>Null where nothing came; the client retries what fails by itself.</summary>
    private static ConsumeResult<byte[]?, byte[]?>? Next(IConsumer<byte[]?, byte[]?> reader)
    {
        try
        {
            return reader.Consume(Poll);
        }
        catch (ConsumeException e) when (!e.Error.IsFatal)
        {
            return null;
        }
    }

    private KafkaSetupException Unreachable(string topic, string reason) => new(
        KafkaSetupProblem.Unreachable, clients.Health.Failing ?? $"Kafka at {clients.Options.BootstrapServers} cannot be read, topic {topic}: {reason}");
}
