using Assay.Kafka.Topics;
using Confluent.Kafka.Admin;

namespace Assay.Kafka.Checks;

/// <summary>Whether a topic is as Assay needs it. Pure.</summary>
internal static class TopicChecks
{
    private const long DayMs = 24 * 60 * 60 * 1_000L;

    /// <summary>A topic that is read and belongs to somebody else.</summary>
    /// <param name="largest">Largest message that copies of its records may have, in bytes; null where it is not known.</param>
    public static IEnumerable<Check> Input(TopicFacts topic, long? largest)
    {
        var area = $"topic {topic.Name}";
        if (topic.Partitions == 0)
        {
            yield return Missing(area, "Create it, take it out of Topics, or allow the user Describe and Read on it (docs/permissions.md).");
            yield break;
        }

        yield return Check.Ok(area, "exists", $"{topic.Partitions} partitions");
        yield return Allowed(area, topic.Operations, AclOperation.Read, AclOperation.Describe);
        if (topic.Settings is null)
        {
            yield return Unseen(area);
            yield break;
        }

        if (Compacted(topic))
            yield return Check.Warn(area, "cleanup.policy", topic.Setting("cleanup.policy")!,
                "Compaction may delete a record before it is judged. Use delete for topics that are learned from.");
        yield return topic.Setting("message.timestamp.type") == "LogAppendTime"
            ? Check.Ok(area, "message.timestamp.type", "LogAppendTime")
            : Check.Warn(area, "message.timestamp.type", topic.Setting("message.timestamp.type") ?? "unknown",
                "Rates follow the times that producers claim. Set it to LogAppendTime, so that nobody can pretend to have written earlier.");
        yield return topic.Number("retention.ms") is < 0 or >= DayMs
            ? Check.Ok(area, "retention.ms", Days(topic))
            : Check.Warn(area, "retention.ms", Days(topic),
                "What Assay has not judged by then is lost to it, and a rebuild reaches no further back. Keep a day or more.");
        if (topic.Number("max.message.bytes") > largest)
        {
            yield return Check.Warn(area, "max.message.bytes", $"{topic.Number("max.message.bytes")}",
                $"Copies may have {largest} bytes only: larger records become dead letters. Raise max.message.bytes of the output topics.");
        }
    }

    /// <summary>A topic that Assay writes.</summary>
    /// <param name="read">Assay reads it too.</param>
    /// <param name="brokers">Brokers of the cluster.</param>
    public static IEnumerable<Check> Output(TopicSpec spec, TopicFacts topic, bool read, int brokers)
    {
        var area = $"topic {spec.Name}";
        if (topic.Partitions == 0)
        {
            yield return Missing(area, "Create it with 'assay topics create', or allow the user Describe and Write on it (docs/permissions.md).");
            yield break;
        }

        yield return topic.Partitions >= spec.Partitions
            ? Check.Ok(area, "partitions", $"{topic.Partitions}")
            : Check.Fail(area, "partitions", $"{topic.Partitions}, {spec.Partitions} wanted",
                "Verdicts of partition p stand in partition p: those that have no place are not read. 'assay topics create' adds partitions.");
        yield return Allowed(area, topic.Operations,
            [AclOperation.Write, AclOperation.Describe, .. read ? [AclOperation.Read] : Array.Empty<AclOperation>()]);
        yield return Replication(area, topic, brokers);
        if (topic.Settings is null)
        {
            yield return Unseen(area);
            yield break;
        }

        yield return Policy(area, spec, topic);
        if (spec.KeepForEver && topic.Number("retention.ms") is >= 0)
            yield return Check.Warn(area, "retention.ms", Days(topic),
                "It is read back long after: held records are released from it, recalls are looked up. Set it to -1, or to your own limit.");
        if (spec.AppendTime && topic.Setting("message.timestamp.type") != "LogAppendTime")
            yield return Check.Warn(area, "message.timestamp.type", topic.Setting("message.timestamp.type") ?? "unknown",
                "Readers expect the broker's time: set it to LogAppendTime.");
    }

    private static Check Policy(string area, TopicSpec spec, TopicFacts topic)
    {
        var policy = topic.Setting("cleanup.policy") ?? "unknown";
        if (spec.Compacted)
        {
            return policy == "compact"
                ? Check.Ok(area, "cleanup.policy", policy)
                : Check.Fail(area, "cleanup.policy", policy,
                    "The newest message of each key must stay for ever: a distrusted identity would be forgotten. Set it to compact.");
        }

        return Compacted(topic)
            ? Check.Fail(area, "cleanup.policy", policy, "Compaction deletes messages that must stay side by side. Set it to delete.")
            : Check.Ok(area, "cleanup.policy", policy);
    }

    private static Check Replication(string area, TopicFacts topic, int brokers)
    {
        if (topic.Lagging > 0)
            return Check.Warn(area, "replicas", $"{topic.Lagging} partitions have a replica that lags", "See why a broker is behind or away.");
        if (brokers > 1 && topic.Replicas < Math.Min(3, brokers))
            return Check.Warn(area, "replicas", $"{topic.Replicas} of {brokers} brokers",
                $"One broker's loss may lose what was acknowledged. Use {Math.Min(3, brokers)} replicas (Kafka:Egress:Replicas before 'assay topics create').");
        return topic.Replicas >= 3 && topic.Number("min.insync.replicas") is < 2
            ? Check.Warn(area, "min.insync.replicas", "1", "An acknowledgement by one broker alone can be lost with it. Set it to 2.")
            : Check.Ok(area, "replicas", $"{topic.Replicas}");
    }

    public static Check Allowed(string area, IReadOnlySet<AclOperation>? have, params IEnumerable<AclOperation> need)
    {
        if (have is null)
            return Check.Warn(area, "permissions", "the broker does not say", "Compare with docs/permissions.md.");
        var absent = have.Contains(AclOperation.All) ? [] : need.Where(o => !have.Contains(o)).ToList();
        return absent.Count == 0
            ? Check.Ok(area, "permissions", string.Join(", ", need))
            : Check.Fail(area, "permissions", $"{string.Join(", ", absent)} is not allowed", "Allow it to the user (docs/permissions.md has the commands).");
    }

    private static Check Missing(string area, string remedy) => Check.Fail(area, "exists", "not there, or not visible to the user", remedy);

    private static Check Unseen(string area) =>
        Check.Warn(area, "settings", "not visible to the user", "Allow DescribeConfigs on the topic to have them checked; Assay itself runs without.");

    private static bool Compacted(TopicFacts topic) => topic.Setting("cleanup.policy")?.Contains("compact", StringComparison.Ordinal) == true;

    private static string Days(TopicFacts topic) => topic.Number("retention.ms") switch
    {
        null => "unknown",
        < 0 => "for ever",
        { } ms => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ms / (double)DayMs:0.##} days"),
    };
}
