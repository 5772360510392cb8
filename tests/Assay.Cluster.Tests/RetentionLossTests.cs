using System.Text.RegularExpressions;
using Confluent.Kafka;

namespace Assay.Cluster.Tests;

/// <summary>Retention deletes what was not judged: the partition stops, the others go on, nothing is reset, and a person's word lets it go on.</summary>
public sealed partial class RetentionLossTests
{
    private const int Partitions = RedisLog.Partitions;
    private const int Unlucky = 1;
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Run_WhenRecordsWereDeletedBeforeAStart_StopsThatPartitionUntilTheLossIsAccepted()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("loss-start", 12_000, redis, part: 0.5);
        using (var first = new AssayProcess(log.Settings))
        {
            Flow.Wait(log.Kafka, log.Names, Partitions, first, _ => log.Committed().Sum() == log.Part(0.5));
            Assert.True(await first.Stop(StopTime) == 0, first.Output);
        }

        log.Fill(0.5, 1);
        var before = log.Committed();
        var low = Delete(log, before[Unlucky] + 500);
        using var silo = new AssayProcess(log.Settings);
        await StopsAlone(log, silo, before, low);

        // Whoever restarts it changes nothing.
        Assert.True(await silo.Stop(StopTime) == 0, silo.Output);
        using var again = new AssayProcess(log.Settings);
        await StopsAlone(log, again, before, low);
        await GoesOn(log, again, before, low);
    }

    /// <summary>Redis is away, so that nothing is read, while the broker deletes.</summary>
    [Fact]
    public async Task Run_WhenRecordsAreDeletedWhileItCannotRead_StopsThatPartitionUntilTheLossIsAccepted()
    {
        using var redis = new RedisServer("--appendonly", "yes");
        var log = await RedisLog.Create("loss-run", 60_000, redis, part: 0.3);
        using var silo = new AssayProcess(log.Settings.Append("Kafka:Ingress:PartitionBytes=65536"));
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed().Sum() == log.Part(0.3));

        redis.Stop();
        log.Fill(0.3, 1);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => silo.Output.Contains("area=state", StringComparison.Ordinal));
        var before = log.Committed();
        var low = Delete(log, Ends(log)[Unlucky] - 100);
        redis.Start();

        await StopsAlone(log, silo, before, low);
        await GoesOn(log, silo, before, low, judgedAbove: true);
    }

    /// <summary>There is no store that a word could be left in: the group's place is moved, which only works while nobody reads.</summary>
    [Fact]
    public async Task Run_WithStateInMemory_GoesOnAfterTheLossIsAcceptedWhileItIsStopped()
    {
        using var redis = new RedisServer();
        var log = await RedisLog.Create("loss-memory", 6_000, redis, part: 0.5);
        string[] settings = [.. log.Settings.Where(s => !s.StartsWith("Redis:", StringComparison.Ordinal) && !s.StartsWith("Cluster:", StringComparison.Ordinal))];
        using (var first = new AssayProcess(settings))
        {
            Flow.Wait(log.Kafka, log.Names, Partitions, first, _ => log.Committed().Sum() == log.Part(0.5));
            Assert.True(await first.Stop(StopTime) == 0, first.Output);
        }

        log.Fill(0.5, 1);
        var low = Delete(log, log.Committed()[Unlucky] + 500);
        using (var second = new AssayProcess(settings))
        {
            Flow.Wait(log.Kafka, log.Names, Partitions, second, _ => second.Output.Contains("rule=retention", StringComparison.Ordinal));
            var refused = await AssayCommand.Run($"accept-loss {log.Input}/{Unlucky}", settings);
            Assert.True(refused.Code == 2 && refused.Output.Contains("stop it first", StringComparison.Ordinal), refused.Output);
            Assert.True(await second.Stop(StopTime) == 0, second.Output);
        }

        var accepted = await AssayCommand.Run($"accept-loss {log.Input}/{Unlucky}", settings);
        Assert.True(accepted.Code == 0, accepted.Output);
        Assert.Equal(low, log.Committed()[Unlucky]);
        using var third = new AssayProcess(settings);
        Flow.Wait(log.Kafka, log.Names, Partitions, third, _ => log.Committed().SequenceEqual(Ends(log)));
        Assert.True(await third.Stop(StopTime) == 0, third.Output);
        Assert.Equal(log.Records - 500, Judged(log).Count);
    }

    private static async Task StopsAlone(RedisLog log, AssayProcess silo, long[] before, long low)
    {
        var ends = Ends(log);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ =>
            silo.Output.Contains($"pause topic={log.Input}/{Unlucky} rule=retention", StringComparison.Ordinal)
            && Others(log.Committed()).SequenceEqual(Others(ends)));
        Assert.InRange(log.Committed()[Unlucky], before[Unlucky], low - 1);
        var ready = await AssayCommand.Run("health ready", Port(silo));
        Assert.True(ready.Code == 1, ready.Output);
        Assert.Contains($"{log.Input}/{Unlucky} (retention)", ready.Output, StringComparison.Ordinal);
        var doctor = await AssayCommand.Run("doctor", log.Settings);
        Assert.Equal(1, doctor.Code);
        Assert.Contains($"assay accept-loss {log.Input}/{Unlucky}", doctor.Output, StringComparison.Ordinal);
    }

    /// <param name="low">The oldest offset that is left.</param>
    /// <param name="judgedAbove">Records may have been judged and not committed before the store went away: their verdicts stand.</param>
    private static async Task GoesOn(RedisLog log, AssayProcess silo, long[] before, long low, bool judgedAbove = false)
    {
        var listed = await AssayCommand.Run("accept-loss", log.Settings);
        Assert.True(listed.Code == 1, listed.Output);
        Assert.Contains($"to {low - 1}", listed.Output, StringComparison.Ordinal);
        var wrong = await AssayCommand.Run($"accept-loss {log.Input}/0", log.Settings);
        Assert.True(wrong.Code == 2, wrong.Output);
        var stood = long.Parse(LostFrom().Match(silo.Output).Groups[1].Value);
        Assert.InRange(stood, before[Unlucky], low - 1);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed()[Unlucky] == stood);

        var accepted = await AssayCommand.Run($"accept-loss {log.Input}/{Unlucky}", log.Settings);
        Assert.True(accepted.Code == 0, accepted.Output);
        Flow.Wait(log.Kafka, log.Names, Partitions, silo, _ => log.Committed().SequenceEqual(Ends(log)));

        Assert.Contains("was accepted", silo.Output, StringComparison.Ordinal);
        await Flow.Until(() => AssayCommand.Run("health ready", Port(silo)).Result.Code == 0, StopTime);
        Assert.Equal(0, (await AssayCommand.Run("health ready", Port(silo))).Code);
        Assert.Equal(0, (await AssayCommand.Run("accept-loss", log.Settings)).Code);
        Assert.True(await silo.Stop(StopTime) == 0, silo.Output);
        var judged = Judged(log);
        var lost = judged.Count(p => p.Partition == Unlucky && p.Offset >= stood && p.Offset < low);
        Assert.Equal(log.Records - (low - stood), judged.Count - lost);
        Assert.True(judgedAbove || lost == 0, $"{lost} records that are gone have verdicts.");
    }

    /// <summary>Positions with a verdict or a dead letter.</summary>
    private static HashSet<(int Partition, long Offset)> Judged(RedisLog log)
    {
        var judged = new HashSet<(int, long)>();
        foreach (var message in TopicContents.Read(log.Kafka, log.Names.Verdicts, Partitions))
        {
            using var verdict = System.Text.Json.JsonDocument.Parse(message.Message.Value);
            var data = verdict.RootElement.GetProperty("data");
            judged.Add((data.GetProperty("partition").GetInt32(), data.GetProperty("offset").GetInt64()));
        }

        foreach (var message in TopicContents.Read(log.Kafka, log.Names.DeadLetters, Partitions))
        {
            judged.Add((int.Parse(Header(message, Assay.Contracts.Topics.HeaderNames.Connect.Partition)),
                long.Parse(Header(message, Assay.Contracts.Topics.HeaderNames.Connect.Offset))));
        }

        return judged;
    }

    private static string Header(ConsumeResult<byte[], byte[]> message, string name) => System.Text.Encoding.UTF8.GetString(message.Message.Headers.GetLastBytes(name));

    private static long[] Ends(RedisLog log)
    {
        using var consumer = TopicContents.Consumer(log.Kafka);
        return [.. Enumerable.Range(0, Partitions).Select(p => consumer.QueryWatermarkOffsets(new TopicPartition(log.Input, p), StopTime).High.Value)];
    }

    private static long Delete(RedisLog log, long below)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = log.Kafka }).Build();
        admin.DeleteRecordsAsync([new TopicPartitionOffset(log.Input, Unlucky, below)]).GetAwaiter().GetResult();
        return below;
    }

    private static IEnumerable<long> Others(long[] offsets) => offsets.Where((_, p) => p != Unlucky);

    private static string Port(AssayProcess silo) => $"Http:Port={Pages().Match(silo.Output).Groups[1].Value}";

    [GeneratedRegex(@"retention has deleted up to \d+ records, offsets (\d+) to")]
    private static partial Regex LostFrom();

    [GeneratedRegex(@"http://127\.0\.0\.1:(\d+)/metrics")]
    private static partial Regex Pages();
}
