using Confluent.Kafka.Admin;

namespace Assay.Kafka.Checks;

/// <summary>A topic as the broker describes it.</summary>
/// <param name="Partitions">0 where the topic does not exist, or may not be seen.</param>
/// <param name="Replicas">Of the partition that has fewest.</param>
/// <param name="Lagging">Partitions with a replica that is not in sync.</param>
/// <param name="Operations">What the user may do; null where the broker does not say.</param>
/// <param name="Settings">The topic's settings; null where the user may not see them.</param>
internal sealed record TopicFacts(
    string Name, int Partitions, int Replicas, int Lagging, IReadOnlySet<AclOperation>? Operations, IReadOnlyDictionary<string, string>? Settings)
{
    public string? Setting(string name) => Settings?.GetValueOrDefault(name);

    /// <summary>A number, −1 and all.</summary>
    public long? Number(string name) =>
        long.TryParse(Setting(name), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
