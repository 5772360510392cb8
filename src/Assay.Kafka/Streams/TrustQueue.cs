using System.Globalization;
using Assay.Contracts.Trust;
using Confluent.Kafka;
using Orleans.Streams;

namespace Assay.Kafka.Streams;

/// <summary>One Kafka partition, which is one queue of the stream provider and one stream.</summary>
/// <param name="Namespace"><see cref="TrustStreams.Decisions"/> or <see cref="TrustStreams.Recalls"/>.</param>
internal sealed record TrustQueue(string Namespace, TopicPartition Source)
{
    // The ring position must not change with the number of partitions, or silos started before and after a growth would disagree about owners.
    public QueueId Id { get; } = QueueId.GetQueueId(Namespace, (uint)Source.Partition.Value, StableHash.ComputeHash(Name(Source)));

    public StreamId Stream { get; } = StreamId.Create(Namespace, Source.Partition.Value);

    /// <summary><c>topic/partition</c>: the position of one topic says nothing about another's.</summary>
    public override string ToString() => Name(Source);

    private static string Name(TopicPartition source) => string.Create(CultureInfo.InvariantCulture, $"{source.Topic}/{source.Partition.Value}");
}
