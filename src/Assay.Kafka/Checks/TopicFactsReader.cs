using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Assay.Kafka.Checks;

/// <summary>Asks a broker about topics, as far as the user may know.</summary>
internal static class TopicFactsReader
{
    /// <exception cref="KafkaException">The broker does not answer.</exception>
    public static async Task<IReadOnlyDictionary<string, TopicFacts>> Read(IAdminClient admin, IReadOnlyCollection<string> topics, TimeSpan timeout)
    {
        var settings = await Settings(admin, topics, timeout);
        return (await Describe(admin, topics, timeout)).ToDictionary(t => t.Name, t => Facts(t, settings.GetValueOrDefault(t.Name)), StringComparer.Ordinal);
    }

    private static TopicFacts Facts(TopicDescription topic, IReadOnlyDictionary<string, string>? settings) => topic.Error.IsError || topic.Partitions.Count == 0
        ? new TopicFacts(topic.Name, 0, 0, 0, null, null)
        : new TopicFacts(
            topic.Name, topic.Partitions.Count, topic.Partitions.Min(p => p.Replicas.Count), topic.Partitions.Count(p => p.ISR.Count < p.Replicas.Count),
            topic.AuthorizedOperations?.ToHashSet(), settings);

    private static async Task<IReadOnlyList<TopicDescription>> Describe(IAdminClient admin, IEnumerable<string> topics, TimeSpan timeout)
    {
        try
        {
            var options = new DescribeTopicsOptions { IncludeAuthorizedOperations = true, RequestTimeout = timeout };
            return (await admin.DescribeTopicsAsync(TopicCollection.OfTopicNames(topics), options)).TopicDescriptions;
        }
        catch (DescribeTopicsException e)
        {
            return e.Results.TopicDescriptions;
        }
    }

    private static async Task<Dictionary<string, IReadOnlyDictionary<string, string>>> Settings(IAdminClient admin, IEnumerable<string> topics, TimeSpan timeout)
    {
        var resources = topics.Select(t => new ConfigResource { Type = ResourceType.Topic, Name = t }).ToList();
        try
        {
            var described = await admin.DescribeConfigsAsync(resources, new DescribeConfigsOptions { RequestTimeout = timeout });
            return described.ToDictionary(d => d.ConfigResource.Name, d => Values(d.Entries), StringComparer.Ordinal);
        }
        catch (DescribeConfigsException e)
        {
            return e.Results.Where(r => !r.Error.IsError).ToDictionary(r => r.ConfigResource.Name, r => Values(r.Entries), StringComparer.Ordinal);
        }
    }

    private static IReadOnlyDictionary<string, string> Values(Dictionary<string, ConfigEntryResult> entries) =>
        entries.ToDictionary(e => e.Key, e => e.Value.Value, StringComparer.Ordinal);
}
