using System.Text;
using System.Text.Json;
using Assay.Contracts.Topics;
using Assay.Contracts.Verdicts;
using Confluent.Kafka;

namespace Assay.Cluster.Tests;

/// <summary>State in memory, a real broker, kill -9, and a second process that takes over.</summary>
public sealed class RestartTests
{
    private const int Partitions = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.6)]
    public async Task Run_WhenKilledPartWay_LosesNothingCountsNothingTwiceAndKeepsEveryVerdict(double killedAt)
    {
        var kafka = RealKafka.Address();
        var name = $"restart-{Environment.ProcessId}-{killedAt * 100}";
        var names = new TopicNames(name);
        var log = new KnownLog($"{name}-in", Partitions, records: 60_000, seed: 7);
        await TopicContents.Create(kafka, [$"{name}-in", .. names.All], Partitions);
        TopicContents.Fill(kafka, $"{name}-in", log);
        var profile = Path.Combine(Directory.CreateTempSubdirectory("assay-").FullName, "known.json");
        await File.WriteAllTextAsync(profile, KnownLog.Profile);
        string[] settings =
        [
            $"Kafka:BootstrapServers={kafka}", $"Kafka:Ingress:Group={name}", $"Kafka:Egress:TopicPrefix={name}", $"Topics:{name}-in:Profile={profile}",
            "Kafka:Ingress:CheckpointInterval=00:00:01", "Kafka:Ingress:SessionTimeout=00:00:06", "Datasets:DefaultMode=Enforce",
        ];

        long before;
        using (var first = new AssayProcess(settings))
        {
            Wait(kafka, names, first, judged => judged >= log.Records * killedAt);
            first.Kill();
            before = Judged(kafka, names);
        }

        Assert.InRange(before, log.Records * killedAt, log.Records - 1);
        using (var second = new AssayProcess(settings))
        {
            Wait(kafka, names, second, judged => judged >= log.Records);
            Assert.True(await second.Stop(TimeSpan.FromSeconds(40)) == 0, second.Output);
        }

        Check(kafka, names, log);
    }

    private static void Check(string kafka, TopicNames names, KnownLog log)
    {
        var expected = log.Expected();
        var judged = new Dictionary<(int, long), string>();
        foreach (var message in TopicContents.Read(kafka, names.Verdicts, Partitions))
        {
            var data = JsonDocument.Parse(message.Message.Value).RootElement.GetProperty("data");
            var position = (data.GetProperty("partition").GetInt32(), data.GetProperty("offset").GetInt64());
            var verdict = $"{data.GetProperty("verdict").GetString()} {data.GetProperty("score").GetRawText()}";
            Assert.True(judged.TryAdd(position, verdict) || judged[position] == verdict, $"{position} has the verdicts '{judged[position]}' and '{verdict}'.");
        }

        var dead = Positions(kafka, names.DeadLetters);
        var admitted = Positions(kafka, names.Admitted, judged.Count);
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
    private static HashSet<(int, long)> Positions(string kafka, string topic, int plain = 0) => plain > 0
        ? [.. TopicContents.Read(kafka, topic, Partitions).Select(m => (m.Partition.Value, m.Offset.Value))]
        : [.. TopicContents.Read(kafka, topic, Partitions).Select(m => (int.Parse(Header(m, HeaderNames.Connect.Partition)), long.Parse(Header(m, HeaderNames.Connect.Offset))))];

    private static string Header(ConsumeResult<byte[], byte[]> message, string name) => Encoding.UTF8.GetString(message.Message.Headers.GetLastBytes(name));

    private static string Score(Verdict verdict)
    {
        Span<byte> digits = stackalloc byte[Contracts.Wire.JsonNumber.MaxBytes];
        return Encoding.UTF8.GetString(digits[..Contracts.Wire.JsonNumber.Format(verdict.Score, digits)]);
    }

    private static long Judged(string kafka, TopicNames names)
    {
        using var consumer = TopicContents.Consumer(kafka);
        return TopicContents.Count(consumer, names.Verdicts, Partitions) + TopicContents.Count(consumer, names.DeadLetters, Partitions);
    }

    /// <summary>Looks at the broker until so many records have a verdict or are dead letters; repeats count, so a later check counts exactly.</summary>
    private static void Wait(string kafka, TopicNames names, AssayProcess process, Func<long, bool> enough)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var consumer = TopicContents.Consumer(kafka);
        while (!enough(TopicContents.Count(consumer, names.Verdicts, Partitions) + TopicContents.Count(consumer, names.DeadLetters, Partitions)))
        {
            Assert.False(process.Ended, process.Output);
            Assert.False(limit.IsCancellationRequested, process.Output);
        }
    }
}
