using Assay.Kafka.Clients;

namespace Assay.Kafka.Ingress;

/// <summary>Says that state does not belong to the offsets (DATA-PLANE rule 11), and what a person can do.</summary>
internal static class StateLoss
{
    private const string Remedy =
        " Nothing of it is read. If a backup was restored, 'assay rebuild --keep-state' goes on from it; without one, 'assay rebuild' builds the state again from Kafka.";

    /// <exception cref="KafkaSetupException">The store holds no mark, or one below what is committed.</exception>
    public static void ThrowIfLost(string group, string topic, int partition, long committed, PartitionMark? mark)
    {
        if (committed < 0 || mark?.Covers(committed) == true)
            return;
        throw Exception(mark is { } stale
            ? $"Group {group} has committed offset {committed} of {topic}/{partition}, but the state store holds its state only up to {stale.Offset}: the store has gone back in time."
            : $"Group {group} has committed offset {committed} of {topic}/{partition}, but the state store holds nothing of it: the store came back empty, or is another one.");
    }

    /// <summary>With exactly-once delivery state may be behind the commit; what lies between must still be there to rebuild it from.</summary>
    /// <param name="low">The oldest record kept.</param>
    /// <exception cref="KafkaSetupException">Records that the state lacks are gone.</exception>
    public static void ThrowIfGone(string group, string topic, int partition, long committed, long low, PartitionMark? mark)
    {
        if (mark is { } behind && behind.MustRebuild(committed) && low > behind.Offset)
            throw Exception(
                $"Group {group} has committed offset {committed} of {topic}/{partition}, the state store holds its state up to {behind.Offset}, and the records from there to {low} are gone (retention).");
    }

    /// <inheritdoc cref="ThrowIfGone"/>
    /// <param name="low">The oldest position kept in the verdict topic.</param>
    public static void ThrowIfVerdictsGone(string group, string topic, int partition, long committed, long low, PartitionMark? mark)
    {
        if (mark is { } behind && behind.MustRebuild(committed) && low > behind.Verdicts)
            throw Exception(
                $"Group {group} has committed offset {committed} of {topic}/{partition}, the state store holds its state up to {behind.Offset}, and verdicts in between are gone (retention of the verdict topic).");
    }

    public static KafkaSetupException Exception(string what) => new(KafkaSetupProblem.State, what + Remedy);
}
