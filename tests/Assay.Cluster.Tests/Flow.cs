using System.Text;
using System.Text.Json;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Assay.Cluster.Tests;

/// <summary>A run over a <see cref="KnownLog"/> as the broker shows it: how far it is, who owns what, and whether every verdict is right.</summary>
internal static class Flow
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    /// <summary>Group, prefix and input topic go by one name.</summary>
    public static string[] Settings(string kafka, string name, string profile) =>
    [
        $"Kafka:BootstrapServers={kafka}", $"Kafka:Ingress:Group={name}", $"Kafka:Egress:TopicPrefix={name}", $"Topics:{name}-in:Profile={profile}",
        "Kafka:Ingress:CheckpointInterval=00:00:01", "Kafka:Ingress:SessionTimeout=00:00:06", "Datasets:DefaultMode=Enforce", "Http:Port=0",
        $"Signing:KeyFile={TestKey.File}",
    ];

    /// <summary>Waits until the group has so many members, and among them all partitions.</summary>
    /// <param name="client">Beginning of the client id of one that must be among them: the dead are members until their session ends.</param>
    /// <param name="or">Ends the wait, too.</param>
    /// <param name="said">What to show where they do not come.</param>
    public static async Task Members(
        string kafka, string group, int members, int partitions, string client = "", Func<bool>? or = null, Func<string>? said = null)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = kafka }).Build();
        using var limit = new CancellationTokenSource(Limit);
        using var tick = new PeriodicTimer(Pace);
        while (or?.Invoke() != true)
        {
            var described = await Describe(admin, group);
            var owned = described?.Members.Select(m => m.Assignment.TopicPartitions.Count).ToList() ?? [];
            if (described?.State == ConsumerGroupState.Stable && owned.Count == members && owned.TrueForAll(n => n > 0) && owned.Sum() == partitions
                && described.Members.Any(m => m.ClientId.StartsWith(client, StringComparison.Ordinal)))
                return;
            Assert.False(limit.IsCancellationRequested,
                $"{described?.State}: {string.Join(", ", described?.Members.Select(m => $"{m.ClientId} {m.Assignment.TopicPartitions.Count}") ?? [])}\n{said?.Invoke()}");
            await tick.WaitForNextTickAsync();
        }
    }

    /// <summary>The partitions that a member has by now.</summary>
    /// <param name="client">As in <see cref="Members"/>.</param>
    public static async Task<List<TopicPartition>> Owned(string kafka, string group, string client)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = kafka }).Build();
        var described = await Describe(admin, group);
        return described?.Members.Where(m => m.ClientId.StartsWith(client, StringComparison.Ordinal)).SelectMany(m => m.Assignment.TopicPartitions).ToList() ?? [];
    }

    /// <summary>Waits until something is so, at most for a time.</summary>
    public static async Task Until(Func<bool> so, TimeSpan limit)
    {
        using var tick = new PeriodicTimer(Pace);
        for (var start = System.Diagnostics.Stopwatch.GetTimestamp(); !so() && System.Diagnostics.Stopwatch.GetElapsedTime(start) < limit;)
            await tick.WaitForNextTickAsync();
    }

    /// <summary>Null where the broker does not answer in time, as one does that has never had a group.</summary>
    private static async Task<ConsumerGroupDescription?> Describe(IAdminClient admin, string group)
    {
        try
        {
            return (await admin.DescribeConsumerGroupsAsync([group], new DescribeConsumerGroupsOptions { RequestTimeout = Answer })).ConsumerGroupDescriptions[0];
        }
        catch (Exception e) when (e is DescribeConsumerGroupsException or KafkaException)
        {
            return null;
        }
    }

    /// <summary>Every record has the verdict and score of the plain fold, or is a dead letter; no position has two different ones.</summary>
    public static void Check(string kafka, TopicNames names, KnownLog log, int partitions)
    {
        var expected = log.Expected();
        var judged = new Dictionary<(int, long), string>();
        foreach (var message in TopicContents.Read(kafka, names.Verdicts, partitions))
        {
            var data = JsonDocument.Parse(message.Message.Value).RootElement.GetProperty("data");
            var position = (data.GetProperty("partition").GetInt32(), data.GetProperty("offset").GetInt64());
            var verdict = $"{data.GetProperty("verdict").GetString()} {data.GetProperty("score").GetRawText()}";
            Assert.True(judged.TryAdd(position, verdict) || judged[position] == verdict, $"{position} has the verdicts '{judged[position]}' and '{verdict}'.");
        }

        var dead = Positions(kafka, names.DeadLetters, partitions);
        var admitted = Positions(kafka, names.Admitted, partitions, judged.Count);
        Assert.Equal(log.Records, judged.Count + dead.Count);
        foreach (var (position, verdict) in expected)
        {
            if (verdict.Kind == VerdictKind.DeadLetter)
                Assert.Contains(position, dead);
            else
                Assert.Equal($"{verdict.Kind.Name()} {Score(verdict)}", judged[position]);
        }

        Assert.True(admitted.Count >= expected.Values.Count(v => v.Kind == VerdictKind.Admit), $"{admitted.Count} copies for {expected.Values.Count(v => v.Kind == VerdictKind.Admit)} admitted records.");
    }

    /// <summary>Input positions that the headers of a topic's messages name; for a topic of plain copies, one each.</summary>
    private static HashSet<(int, long)> Positions(string kafka, string topic, int partitions, int plain = 0) => plain > 0
        ? [.. TopicContents.Read(kafka, topic, partitions).Select(m => (m.Partition.Value, m.Offset.Value))]
        : [.. TopicContents.Read(kafka, topic, partitions).Select(m => (int.Parse(Header(m, HeaderNames.Connect.Partition)), long.Parse(Header(m, HeaderNames.Connect.Offset))))];

    private static string Header(ConsumeResult<byte[], byte[]> message, string name) => Encoding.UTF8.GetString(message.Message.Headers.GetLastBytes(name));

    public static string Score(Verdict verdict)
    {
        Span<byte> digits = stackalloc byte[Contracts.Wire.JsonNumber.MaxBytes];
        return Encoding.UTF8.GetString(digits[..Contracts.Wire.JsonNumber.Format(verdict.Score, digits)]);
    }

    /// <summary>Verdicts and dead letters by now, repeats counted.</summary>
    public static long Judged(string kafka, TopicNames names, int partitions)
    {
        using var consumer = TopicContents.Consumer(kafka);
        return TopicContents.Count(consumer, names.Verdicts, partitions) + TopicContents.Count(consumer, names.DeadLetters, partitions);
    }

    /// <summary>
    /// Looks at the broker until so many records have a verdict or are dead letters; repeats count, so a later check counts exactly. A broker that does not
    /// answer is asked again.
    /// </summary>
    public static void Wait(string kafka, TopicNames names, int partitions, AssayProcess process, Func<long, bool> enough)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var consumer = TopicContents.Consumer(kafka);
        while (!Enough())
        {
            Assert.False(process.Ended, process.Output);
            Assert.False(limit.IsCancellationRequested, process.Output);
            limit.Token.WaitHandle.WaitOne(Pace);
        }

        bool Enough()
        {
            try
            {
                return enough(TopicContents.Count(consumer, names.Verdicts, partitions) + TopicContents.Count(consumer, names.DeadLetters, partitions));
            }
            catch (KafkaException)
            {
                return false;
            }
        }
    }
}
