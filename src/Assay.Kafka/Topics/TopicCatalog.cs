using Assay.Kafka.Clients;
using Confluent.Kafka;

namespace Assay.Kafka.Topics;

/// <summary>What topics there are.</summary>
internal static class TopicCatalog
{
    /// <summary>Partitions of every topic of the cluster, by one metadata request, which creates nothing.</summary>
    /// <exception cref="KafkaSetupException">No broker answered within <see cref="KafkaOptions.StartTimeout"/>.</exception>
    public static IReadOnlyDictionary<string, int> Partitions(KafkaClients clients)
    {
        using var admin = clients.Admin();
        try
        {
            var topics = admin.GetMetadata(clients.Options.StartTimeout).Topics;
            clients.Health.Working();
            return topics.Where(t => t.Error.Code == ErrorCode.NoError).ToDictionary(t => t.Topic, t => t.Partitions.Count, StringComparer.Ordinal);
        }
        catch (KafkaException e)
        {
            var reason = clients.Health.Failing ?? $"Kafka at {clients.Options.BootstrapServers} does not answer: {e.Error.Reason}";
            throw new KafkaSetupException(KafkaSetupProblem.Unreachable, reason, e);
        }
    }
}
