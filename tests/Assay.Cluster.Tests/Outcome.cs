using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Assay.Contracts.Sources;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Assay.Grains.Sources;

namespace Assay.Cluster.Tests;

/// <summary>
/// What a run over a <see cref="RedisLog"/> has left, from outside (DATA-PLANE, invariants 1 and 4): verdicts and dead letters in Kafka against the fold of
/// the log, states in Redis against that fold and against a plain count.
/// </summary>
internal static class Outcome
{
    private static readonly string[] Sections = ["statistics", "identities"];

    /// <returns>What is wrong, a sentence each; empty where nothing is.</returns>
    public static List<string> Check(RedisLog log, RedisServer redis, PlainFold plain)
    {
        var wrong = new List<string>();
        var scorers = new Dictionary<SourceId, SourceScorer>();
        var expected = Enumerable.Range(0, RedisLog.Partitions).Select(_ => new List<ulong>()).ToArray();
        var admitted = 0L;
        foreach (var (partition, verdict) in log.Log.Fold(scorers))
        {
            expected[partition].Add(verdict.Kind == VerdictKind.DeadLetter ? 0 : Of($"{verdict.Kind.Name()} {Flow.Score(verdict)}"));
            admitted += verdict.Kind == VerdictKind.Admit ? 1 : 0;
        }

        Verdicts(log, expected, wrong);
        using (var consumer = TopicContents.Consumer(log.Kafka))
        {
            var copies = TopicContents.Count(consumer, log.Names.Admitted, RedisLog.Partitions);
            if (copies < admitted)
                wrong.Add($"{copies} copies of {admitted} admitted records");
        }

        States(log, redis, scorers, plain, wrong);
        return wrong;
    }

    private static void Verdicts(RedisLog log, List<ulong>[] expected, List<string> wrong)
    {
        var seen = expected.Select(e => new ulong[e.Count]).ToArray();
        var (lost, others, twice) = (0, 0, 0);
        foreach (var message in TopicContents.Stream(log.Kafka, log.Names.Verdicts, RedisLog.Partitions))
        {
            using var json = JsonDocument.Parse(message.Message.Value);
            var data = json.RootElement.GetProperty("data");
            ref var known = ref seen[data.GetProperty("partition").GetInt32()][data.GetProperty("offset").GetInt64()];
            var verdict = Of($"{data.GetProperty("verdict").GetString()} {data.GetProperty("score").GetRawText()}");
            if (known != 0 && known != verdict)
                twice++;
            known = verdict;
        }

        var dead = TopicContents.Stream(log.Kafka, log.Names.DeadLetters, RedisLog.Partitions)
            .Select(m => (int.Parse(Header(m, HeaderNames.Connect.Partition)), (int)long.Parse(Header(m, HeaderNames.Connect.Offset)))).ToHashSet();
        for (var p = 0; p < expected.Length; p++)
        {
            for (var offset = 0; offset < expected[p].Count; offset++)
            {
                var isDead = dead.Contains((p, offset));
                if (seen[p][offset] == 0 && !isDead)
                    lost++;
                else if (seen[p][offset] != expected[p][offset] || isDead != (expected[p][offset] == 0))
                    others++;
            }
        }

        if (lost > 0)
            wrong.Add($"{lost} records have neither verdict nor dead letter");
        if (twice > 0)
            wrong.Add($"{twice} verdicts differ from another of the same record");
        if (others > 0)
            wrong.Add($"{others} records are judged otherwise than by one fold of the log");
    }

    private static void States(RedisLog log, RedisServer redis, Dictionary<SourceId, SourceScorer> scorers, PlainFold plain, List<string> wrong)
    {
        using var durable = new DurableStates(redis, log);
        var states = durable.Read();
        if (states.Count != plain.Shards.Count)
            wrong.Add($"{states.Count} shards have a state, and {plain.Shards.Count} sources wrote");
        foreach (var ((partition, source), state) in states)
        {
            var fold = log.Log.Describe(scorers[new SourceId(log.Input, partition, source)].Save()).GetProperty("sections");
            foreach (var section in Sections)
            {
                if (Text(state.GetProperty("sections"), section) != Text(fold, section))
                    wrong.Add($"{section} of {source} differ from those of one fold of the log");
            }

            var shard = plain.Shards[(partition, source)];
            var statistics = state.GetProperty("sections").GetProperty("statistics").GetProperty("state");
            if (statistics.GetProperty("records").GetInt64() != shard.Offsets.Count)
                wrong.Add($"{source} has counted {statistics.GetProperty("records")} of {shard.Offsets.Count} records");
            if (shard.Numbers > 0 && Sum(statistics.GetProperty("features").GetProperty("a")) is var sum && Math.Abs(sum - shard.Sum) > 1e-6 * shard.Sum)
                wrong.Add($"{source} has summed up {sum}, and the log {shard.Sum}");
        }
    }

    private static double Sum(JsonElement moments) => moments.GetProperty("count").GetInt64() * moments.GetProperty("mean").GetDouble();

    private static string Text(JsonElement sections, string name) => sections.GetProperty(name).GetProperty("state").GetRawText();

    private static string Header(Confluent.Kafka.ConsumeResult<byte[], byte[]> message, string name) => Encoding.UTF8.GetString(message.Message.Headers.GetLastBytes(name));

    /// <summary>A number for a verdict, other than 0.</summary>
    private static ulong Of(string verdict) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(verdict)) | 1;
}
