using Assay.Contracts.Topics;
using Confluent.Kafka;

namespace Assay.Kafka.Egress;

/// <summary>Where the outputs of one input partition go: to the same partition where the topics are equally wide, by key elsewhere.</summary>
internal sealed class OutputRoute
{
    /// <param name="partitions">Partitions of every topic of the cluster.</param>
    public OutputRoute(TopicPartition input, TopicNames names, IReadOnlyDictionary<string, int> partitions)
    {
        Input = input;
        Verdicts = new TopicPartition(names.Verdicts, input.Partition);
        Admitted = Mirror(names.Admitted);
        Held = Mirror(names.Held);
        DeadLetters = Mirror(names.DeadLetters);

        TopicPartition Mirror(string output)
        {
            var same = partitions.GetValueOrDefault(output) == partitions.GetValueOrDefault(input.Topic);
            return new TopicPartition(output, same ? input.Partition : Partition.Any);
        }
    }

    public TopicPartition Input { get; }

    /// <summary>Always the input's partition: a new owner finds the verdicts of its partition there.</summary>
    public TopicPartition Verdicts { get; }

    public TopicPartition Admitted { get; }

    public TopicPartition Held { get; }

    public TopicPartition DeadLetters { get; }
}
